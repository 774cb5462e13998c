"""Migrated databases kept as dumps: what a dump belongs to, how it is written, restored and let go."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from deploy import roles
from deploy.engine import own_engine
from deploy.places import Places
from deploy.postgres import Cluster

KEPT = 3
# Folders of the data folder that belong to the demo content: rows point into them.
FILE_STORES = ("files", "media")
# `manage.py upgrade` derives grants from the models, and loads reference rows.
UPGRADE_SOURCES = {"models.py", "grants.py", "template.py", "upgrade.py", "reference.py", "coefficients.py", "forms.py",
                   "content.py", "setup.py"}  # fmt: skip
SKIPPED = {".git", ".venv", ".data", "__pycache__", "node_modules", "staticfiles", ".mypy_cache", ".ruff_cache"}


def files_below(folder: Path) -> Iterator[Path]:
    """All files of a folder in a fixed order, what is generated left out."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        yield from (Path(here, name) for name in sorted(files) if not name.endswith((".pyc", ".mo")))


def content_files(clone: Path) -> Iterator[Path]:
    """What a migrated and filled database depends on: lock, migrations, what `upgrade` writes, demo content."""
    yield clone / "requirements.txt"
    for path in files_below(clone):
        inside = path.relative_to(clone).parts
        is_migration = path.suffix == ".py" and "migrations" in inside[:-1]
        if is_migration or inside[:2] == ("portal", "demo") or (len(inside) > 1 and path.name in UPGRADE_SOURCES):
            yield path


def key_of(clone: Path, files: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of the files, in order; a missing file counts as empty."""
    total = hashlib.sha256()
    for path in files:
        content = path.read_bytes() if path.exists() else b""
        total.update(f"{path.relative_to(clone)}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def content_key(clone: Path) -> str:
    """The key of a database migrated and filled by this code."""
    return key_of(clone, content_files(clone))


def dump_file(places: Places, key: str) -> Path:
    return places.cache / f"{key}.dump"


def client(name: str, *words: str | Path) -> None:
    """Runs one of the wheel's client programs; RuntimeError with its words when it fails."""
    done = own_engine().run(name, *words)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stdout.strip()[-2000:]}")


def write_dump(cluster: Cluster, database: str, places: Places, key: str) -> Path:
    """Writes the database and its stored files into the cache; removes all but the newest few."""
    target = dump_file(places, key)
    fresh = target.with_suffix(".new")
    # Light compression: half a second matters more here than a megabyte.
    client("pg_dump", "-Fc", "-Z", "1", "-f", fresh, "-d", cluster.superuser_url(database))
    stored = target.with_suffix(".files")
    shutil.rmtree(stored, ignore_errors=True)
    for name in FILE_STORES:
        if (places.data / name).is_dir():
            shutil.copytree(places.data / name, stored / name)
    # Last of all: a dump is looked for under its final name only.
    fresh.replace(target)
    forget_old(places)
    return target


def forget_old(places: Places) -> None:
    dumps = sorted(places.cache.glob("*.dump"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in dumps[KEPT:]:
        shutil.rmtree(old.with_suffix(".files"), ignore_errors=True)
        for listing in places.cache.glob(f"{old.stem}.*.accounts.json"):
            listing.unlink()
        old.unlink()


def restore(cluster: Cluster, database: str, places: Places, key: str) -> bool:
    """Makes the database from the cache; False when there is no such dump or it cannot be read.

    It is restored under another name and renamed when it is whole.
    """
    source = dump_file(places, key)
    if not source.exists():
        return False
    beside = f"{database}_restoring"
    cluster.drop_database(beside)
    try:
        empty_database(cluster, beside)
        client("pg_restore", "--exit-on-error", "-j", "2", "-d", cluster.superuser_url(beside), source)
        put_files_back(source.with_suffix(".files"), places)
    except (RuntimeError, OSError):
        cluster.drop_database(beside)
        source.unlink(missing_ok=True)
        return False
    with roles.connect(cluster.superuser_url(beside)) as connection:
        roles.furnish(connection, roles.OWNER, roles.APP)
    roles.rename_database(cluster.superuser_url(), beside, database)
    return True


def empty_database(cluster: Cluster, name: str) -> None:
    """A database with nothing in it, not even our schemas: the dump brings them."""
    with roles.connect(cluster.superuser_url()) as server:
        roles.create_roles(server)
        roles.create_empty(server, name)


def put_files_back(stored: Path, places: Places) -> None:
    """Puts the stored files of the demo content back where the rows expect them."""
    if stored.is_dir():
        shutil.copytree(stored, places.data, dirs_exist_ok=True)

"""Where a clone keeps what it makes: `.data` in it, and, for root, a folder that PostgreSQL's own user may reach."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
# PostgreSQL refuses to run as root, and another user cannot pass a clone that is closed to others.
ROOT_BASE = Path("/var/lib/houqin")


@dataclass(frozen=True)
class Places:
    """The folders of one clone; `data` is private to the person who runs it."""

    clone: Path
    data: Path

    @classmethod
    def here(cls) -> "Places":
        """This clone, with DATA_DIR from the environment where it is given."""
        return cls(CLONE, Path(os.environ.get("DATA_DIR") or CLONE / ".data").absolute())

    def make(self) -> None:
        """Makes the data folder; PermissionError when it belongs to another user."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(self.data, os.W_OK | os.X_OK):
            raise PermissionError(f"{self.data} belongs to another user; give a folder of your own as DATA_DIR.")
        for folder in (self.logs, self.run, self.cache, self.stamps):
            folder.mkdir(mode=0o700, exist_ok=True)

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def cache(self) -> Path:
        return self.data / "cache"

    @property
    def stamps(self) -> Path:
        return self.data / "stamps"

    @property
    def static(self) -> Path:
        return self.data / "static"

    @property
    def root_folder(self) -> Path:
        """Where PostgreSQL lives when root starts it: named by the clone's path, so two clones never meet."""
        return ROOT_BASE / hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]


def write_private(path: Path, text: str) -> None:
    """Writes a file only its owner may read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read_or_make(path: Path, length: int = 50) -> str:
    """The secret kept in `path`; made at the first call. `length` counts random bytes."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(length))
    return path.read_text().strip()

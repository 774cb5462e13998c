"""Where contents lie: each under its own SHA-256, written so that a row never points to half a file.

The order is: temporary file, fsync, rename, fsync of the folder; only then the row; only then the commit. A crash in
between leaves a file without a row, which `sweep_orphans` removes later, and never a row without its file.
"""

import errno
import fcntl
import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.utils.deconstruct import deconstructible

CHUNK = 256 * 1024
INCOMING = "incoming"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR, errno.ENOENT}


class FileMissing(LookupError):
    """A row names a content that the store does not have."""


class StoreFull(OSError):
    """There is no room left; nothing was kept."""


class StoreClosed(OSError):
    """The folder cannot be written to (read-only, not ours, gone, a broken disk); nothing was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that lies safely in the store. `is_new` False: it was there already, from another upload."""

    sha256: str
    size: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Lying:
    """One content as the store finds it."""

    sha256: str
    size: int
    touched_at: datetime


@deconstructible(path="committees.files.store.FileStore")
class FileStore(FileSystemStorage):
    """Contents by SHA-256 in two levels of folders. Names given by people never come near the disk."""

    def __init__(self, location: str | os.PathLike[str] | None = None, **options: Any) -> None:
        super().__init__(location=location or settings.FILE_STORE_DIR, **options)

    @property
    def root(self) -> Path:
        return Path(self.location)

    def path_of(self, sha256: str) -> Path:
        """Where a content lies, there or not. Raises ValueError for anything but 64 lower-case hex digits."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def keep(self, content: "BinaryIO | File[Any] | bytes") -> Kept:
        """Keep a content; the same content twice lies there once. Raises StoreFull or StoreClosed, and then has kept
        nothing."""
        stream = BytesIO(content) if isinstance(content, bytes) else content
        try:
            return self._keep(stream)
        except OSError as error:
            if error.errno in _FULL:
                raise StoreFull(error.errno, "no room left in the file store") from error
            if error.errno in _CLOSED:
                raise StoreClosed(error.errno, "the file store cannot be written to") from error
            raise

    def _keep(self, stream: "BinaryIO | File[Any]") -> Kept:
        incoming = self.root / INCOMING
        incoming.mkdir(parents=True, exist_ok=True, mode=0o750)
        part = incoming / f"{uuid.uuid4().hex}.part"
        try:
            sha256, size = _write_part(part, stream)
            with self.lock():
                is_new = self._move(part, self.path_of(sha256), size)
        finally:
            part.unlink(missing_ok=True)
        return Kept(sha256, size, is_new)

    def open_kept(self, sha256: str) -> "File[Any]":
        """A content to read. Raises FileMissing."""
        try:
            return File(self.path_of(sha256).open("rb"), name=sha256)
        except FileNotFoundError as error:
            raise FileMissing(sha256) from error

    def verify(self, sha256: str) -> bool:
        """Whether a content is there and still is what its name says."""
        try:
            with self.path_of(sha256).open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def lying(self) -> Iterator[Lying]:
        """Every content of the store, in no order."""
        for path in self.root.glob("??/??/" + "?" * 64):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            yield Lying(path.name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def discard_older(self, sha256: str, limit: datetime) -> bool:
        """Remove a content unless it was kept again since `limit`; asked under the lock, so no upload slips between."""
        path = self.path_of(sha256)
        with self.lock():
            if not path.is_file() or path.stat().st_mtime >= limit.timestamp():
                return False
            path.unlink()
            _sync_folder(path.parent)
        return True

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One at a time over all processes, for the moment in which a content appears or goes."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o750)
        with (self.root / ".lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _move(self, part: Path, target: Path, size: int) -> bool:
        if target.is_file() and target.stat().st_size == size:
            os.utime(target)  # an upload is under way: the sweeper must not take it
            return False
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        part.replace(target)
        for folder in (target.parent, target.parent.parent, self.root):
            _sync_folder(folder)
        return True

    def url(self, name: str | None) -> str:
        """Contents have no address of their own: they are handed out by views that ask who may."""
        raise NotImplementedError("files are sent by views, after permission")


def file_store() -> FileStore:
    """The portal's store, `STORAGES["files"]`."""
    store = storages["files"]
    if not isinstance(store, FileStore):
        raise ImproperlyConfigured('STORAGES["files"] must be a FileStore: sealed hashes name its contents')
    return store


def _write_part(part: Path, stream: "BinaryIO | File[Any]") -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440), "wb") as out:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

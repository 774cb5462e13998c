"""Locks between two runs in one clone, given back by the system when their holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):
    """Another run holds the lock."""


@contextmanager
def hold(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds the lock file `path` while the block runs.

    With `wait=False` a lock that another run holds raises `Taken` at once. The file stays: removing it would let two
    runs lock two different files of the same name.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Children must not inherit it (they outlive a killed parent); Python opens files so by default.
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Taken(str(path)) from error
        handle.seek(0)
        handle.truncate()
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield

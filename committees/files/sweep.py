"""Keeping store and rows in step: contents nobody names any more, and rows whose content is gone."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from committees.files.store import INCOMING, FileStore


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep removed: contents, their bytes, and unfinished uploads."""

    removed: tuple[str, ...]
    freed: int
    parts: int


def sweep_orphans(store: FileStore, known: Collection[str], *, older_than: timedelta, at: datetime) -> Swept:
    """Remove contents that no row names and that were not touched for `older_than` before `at`.

    `known` must hold the hashes of every room and every school, read before the call: a content uploaded since is
    younger than `older_than`, and so stays.
    """
    limit = at - older_than
    removed: list[str] = []
    freed = 0
    for lying in store.lying():
        if lying.sha256 in known or lying.touched_at >= limit:
            continue
        if store.discard_older(lying.sha256, limit):
            removed.append(lying.sha256)
            freed += lying.size
    return Swept(tuple(sorted(removed)), freed, _sweep_parts(store, limit))


def _sweep_parts(store: FileStore, limit: datetime) -> int:
    count = 0
    for part in (store.root / INCOMING).glob("*.part"):
        try:
            if part.stat().st_mtime < limit.timestamp():
                part.unlink()
                count += 1
        except FileNotFoundError:
            continue
    return count


def find_missing(store: FileStore, known: Iterable[str]) -> Iterator[str]:
    """Hashes that rows name and the store does not have."""
    return (sha256 for sha256 in known if not store.has(sha256))


def find_spoilt(store: FileStore, known: Iterable[str]) -> Iterator[str]:
    """Hashes whose content is there but no longer what it was. Reads every content: for the nightly check."""
    return (sha256 for sha256 in known if store.has(sha256) and not store.verify(sha256))

"""The content-addressed store: order of writing, races, room, sweeping."""

import errno
import hashlib
import os
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from committees.files.store import FileMissing, FileStore, StoreClosed, StoreFull
from committees.files.sweep import find_missing, find_spoilt, sweep_orphans

CONTENT = b"%PDF-1.7 evidence"
SHA = hashlib.sha256(CONTENT).hexdigest()
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(location=tmp_path / "files")


def age(store: FileStore, sha256: str, at: datetime) -> None:
    os.utime(store.path_of(sha256), (at.timestamp(), at.timestamp()))


def parts(store: FileStore) -> list[Path]:
    return list((store.root / "incoming").iterdir())


def test_kept_content_comes_back_and_is_named_by_its_hash(store) -> None:
    kept = store.keep(BytesIO(CONTENT))
    assert (kept.sha256, kept.size, kept.is_new) == (SHA, len(CONTENT), True)
    with store.open_kept(SHA) as content:
        assert content.read() == CONTENT
    assert store.path_of(SHA).relative_to(store.root).as_posix() == f"{SHA[:2]}/{SHA[2:4]}/{SHA}"
    assert not parts(store)
    assert store.path_of(SHA).stat().st_mode & 0o777 == 0o440


def test_same_content_lies_there_once(store) -> None:
    store.keep(CONTENT)
    again = store.keep(CONTENT)
    assert not again.is_new
    assert [lying.sha256 for lying in store.lying()] == [SHA]


def test_stream_is_read_from_its_start_and_in_pieces(store) -> None:
    stream = BytesIO(CONTENT * 50_000)
    stream.seek(7)
    assert store.keep(stream).size == len(CONTENT) * 50_000


@pytest.mark.parametrize("name", ["", "../x", "a" * 63, "A" * 64, f"{SHA}/..", SHA + "\n"])
def test_only_hashes_name_a_place(store, name) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(name)


def test_missing_content_is_told(store) -> None:
    with pytest.raises(FileMissing):
        store.open_kept(SHA)
    assert not store.verify(SHA)


def test_no_address_of_its_own(store) -> None:
    with pytest.raises(NotImplementedError):
        store.url(SHA)


def test_order_is_content_then_fsync_then_name_then_folder(store, monkeypatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watch_fsync(handle: int) -> None:
        steps.append("folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "content")
        fsync(handle)

    def watch_replace(path, target) -> None:
        steps.append("rename")
        replace(path, target)

    monkeypatch.setattr(os, "fsync", watch_fsync)
    monkeypatch.setattr(Path, "replace", watch_replace)
    store.keep(CONTENT)
    assert steps == ["content", "rename", "folder", "folder", "folder"]


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize(("where", "step"), [(os, "fsync"), (Path, "replace")])
def test_disk_that_fails_leaves_nothing(store, monkeypatch, fault, where, step) -> None:
    def fail(*_args) -> None:
        raise OSError(fault, "planted")

    monkeypatch.setattr(where, step, fail)
    with pytest.raises(StoreClosed if fault == errno.EIO else StoreFull):
        store.keep(CONTENT)
    assert not parts(store)
    assert not store.has(SHA)


def test_client_that_goes_in_the_middle_leaves_nothing(store) -> None:
    class Cut(BytesIO):
        def read(self, *_args) -> bytes:
            if self.tell() > 0:
                raise ConnectionResetError
            return super().read(4)

    with pytest.raises(ConnectionResetError):
        store.keep(Cut(CONTENT))
    assert not parts(store)
    assert not list(store.lying())


def test_content_that_was_cut_on_disk_is_mended_by_the_next_upload(store) -> None:
    store.keep(CONTENT)
    path = store.path_of(SHA)
    path.chmod(0o640)
    path.write_bytes(b"half")
    assert list(find_spoilt(store, [SHA])) == [SHA]
    assert store.keep(CONTENT).is_new
    assert store.verify(SHA)


def test_two_uploads_of_one_content_at_once(store) -> None:
    kept = []
    threads = [threading.Thread(target=lambda: kept.append(store.keep(CONTENT))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.is_new for each in kept) == 1
    assert store.verify(SHA)
    assert not parts(store)


def test_sweep_takes_only_what_is_old_and_unknown(store) -> None:
    at = datetime.now(UTC)
    names = {name: store.keep(name.encode()).sha256 for name in ("known", "old", "young")}
    age(store, names["known"], at - 9 * DAY)
    age(store, names["old"], at - 9 * DAY)
    (store.root / "incoming" / "x.part").write_bytes(b"half")
    os.utime(store.root / "incoming" / "x.part", (0, 0))
    swept = sweep_orphans(store, {names["known"]}, older_than=DAY, at=at)
    assert (swept.removed, swept.freed, swept.parts) == ((names["old"],), 3, 1)
    assert store.has(names["known"])
    assert store.has(names["young"])
    assert list(find_missing(store, names.values())) == [names["old"]]


def test_content_kept_again_is_not_swept(store) -> None:
    """The rows of `known` were read, then somebody uploads a content that lies there as an old orphan."""
    at = datetime.now(UTC)
    store.keep(CONTENT)
    age(store, SHA, at - 9 * DAY)
    store.keep(CONTENT)
    assert sweep_orphans(store, set(), older_than=DAY, at=at).removed == ()
    assert store.has(SHA)


def test_upload_between_the_sweepers_look_and_its_hand(store, monkeypatch) -> None:
    at = datetime.now(UTC)
    store.keep(CONTENT)
    age(store, SHA, at - 9 * DAY)
    seen = list(store.lying())
    monkeypatch.setattr(store, "lying", lambda: iter(seen))
    store.keep(CONTENT)
    assert sweep_orphans(store, set(), older_than=DAY, at=at).removed == ()
    assert store.verify(SHA)


def test_without_the_touch_the_race_would_lose_the_file(store, monkeypatch) -> None:
    """Control of the test above: with the guard off, the content is lost."""
    at = datetime.now(UTC)
    store.keep(CONTENT)
    age(store, SHA, at - 9 * DAY)
    monkeypatch.setattr(os, "utime", lambda *_args: None)
    store.keep(CONTENT)
    assert sweep_orphans(store, set(), older_than=DAY, at=at).removed == (SHA,)

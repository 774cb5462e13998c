"""Content first, then the row: what a roll-back leaves, and what the database refuses."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from committees.files.actions import ContentChanged, store_file
from committees.files.inspection import inspect_upload
from committees.files.models import StoredFile
from committees.files.registry import known_hashes
from committees.files.store import FileStore, StoreFull, file_store
from committees.files.sweep import sweep_orphans

CONTENT = b"%PDF-1.7 evidence"
AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def store(settings, tmp_path) -> FileStore:
    return FileStore(location=tmp_path)


def keep(store, content=CONTENT) -> StoredFile:
    return store_file(content=content, inspection=inspect_upload("年报.pdf", content), at=AT, store=store)


def test_row_and_content(db, store) -> None:
    row = keep(store)
    row.refresh_from_db()
    assert (row.name, row.media_type, row.size, row.uploaded_at) == ("年报.pdf", "application/pdf", len(CONTENT), AT)
    assert store.verify(row.sha256)
    assert row.sha256 in known_hashes()


def test_same_content_twice_is_two_rows_and_one_content(db, store) -> None:
    first, second = keep(store), keep(store)
    assert first.pk != second.pk
    assert len(list(store.lying())) == 1


def test_roll_back_leaves_an_orphan_that_the_sweeper_takes(db, store) -> None:
    def fail_after_keeping() -> None:
        with transaction.atomic():
            keep(store)
            raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        fail_after_keeping()
    assert not StoredFile.objects.exists()
    (orphan,) = (lying.sha256 for lying in store.lying())
    later = datetime.now(UTC) + timedelta(days=2)
    assert sweep_orphans(store, known_hashes(), older_than=timedelta(days=1), at=later).removed == (orphan,)


def test_no_room_means_no_row(db, store, monkeypatch) -> None:
    def full(self, content):
        raise StoreFull(28, "planted")

    monkeypatch.setattr(FileStore, "keep", full)
    with pytest.raises(StoreFull):
        keep(store)
    assert not StoredFile.objects.exists()


def test_other_content_than_inspected_is_refused(db, store) -> None:
    inspection = inspect_upload("a.pdf", CONTENT)
    with pytest.raises(ContentChanged):
        store_file(content=CONTENT + b"x", inspection=inspection, at=AT, store=store)
    assert not StoredFile.objects.exists()


def test_row_is_written_once(db, store) -> None:
    """The runtime role may neither change nor remove it."""
    row = keep(store)
    rows = StoredFile.objects.filter(pk=row.pk)
    for change in (partial(rows.update, name="x"), row.delete):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.parametrize("wrong", [{"sha256": "x" * 64}, {"size": 0}])
def test_database_refuses_what_cannot_be(db, wrong) -> None:
    fields = {"sha256": "0" * 64, "size": 1, "media_type": "application/pdf", "name": "a.pdf", "uploaded_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(**fields | wrong)


def test_the_portal_has_one_store_where_the_settings_say(settings, tmp_path) -> None:
    assert isinstance(file_store(), FileStore)
    settings.FILE_STORE_DIR = tmp_path / "elsewhere"
    assert FileStore().root == tmp_path / "elsewhere"

"""Keeping an inspected file: the content first, then the row, in this order."""

from datetime import datetime
from typing import Any, BinaryIO, TypeVar

from django.db import models

from committees.files.inspection import Inspection
from committees.files.models import StoredFile
from committees.files.store import FileStore, file_store

FileRow = TypeVar("FileRow", bound=models.Model)


class ContentChanged(RuntimeError):
    """The content that was kept is not the one that was inspected."""


def keep_content(
    row: type[FileRow],
    *,
    content: BinaryIO | bytes,
    inspection: Inspection,
    store: FileStore | None = None,
    **fields: Any,
) -> FileRow:
    """Keep a content and write its row in the caller's transaction.

    `row` is any model with the fields of `FileFields`; `fields` are its others (whose it is, by whom, when). If the
    transaction rolls back, the content stays as an orphan until the sweeper takes it. Raises StoreFull,
    StoreClosed, ContentChanged.
    """
    kept = (store or file_store()).keep(content)
    if kept.sha256 != inspection.sha256:
        raise ContentChanged(inspection.name)
    found = {"sha256": kept.sha256, "size": kept.size, "media_type": inspection.media_type, "name": inspection.name}
    written = row(**found, **fields)
    written.save(force_insert=True)
    return written


def store_file(
    *, content: BinaryIO | bytes, inspection: Inspection, at: datetime, store: FileStore | None = None
) -> StoredFile:
    """Keep a file of the association's floor. Who brought it in is told by the row that refers to it."""
    return keep_content(StoredFile, content=content, inspection=inspection, store=store, uploaded_at=at)

"""What goes out with a file: headers under which it can do nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import RequestFactory

from committees.files.store import FileStore
from committees.files.views import FileGone, file_send

CONTENT = b"%PDF-1.7 evidence"
GET = RequestFactory().get("/x")


@pytest.fixture(autouse=True)
def _without_database() -> Iterator[None]:
    """Closing a response tidies up the database's connections; these tests have none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@dataclass(frozen=True)
class Row:
    sha256: str
    size: int = len(CONTENT)
    media_type: str = "application/pdf"
    name: str = "能源 审计.pdf"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(location=tmp_path)


@pytest.fixture
def row(store: FileStore) -> Row:
    return Row(store.keep(CONTENT).sha256)


def test_content_and_headers(store, row) -> None:
    response = file_send(GET, row, store=store)
    assert b"".join(response) == CONTENT
    assert response.status_code == 200
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Length": "17",
        "ETag": f'"{row.sha256}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": (
            "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E8%83%BD%E6%BA%90%20%E5%AE%A1%E8%AE%A1.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
    }
    response.close()


def test_type_is_one_of_ours_whatever_the_row_says(store, row) -> None:
    response = file_send(GET, Row(row.sha256, media_type="text/html", name="a.html"), store=store, inline=True)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


def test_only_pictures_are_shown_in_place(store, row) -> None:
    shown = file_send(GET, Row(row.sha256, media_type="image/png", name="a.png"), store=store, inline=True)
    saved = file_send(GET, row, store=store, inline=True)
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    shown.close()
    saved.close()


def test_asked_again_with_the_same_tag_nothing_is_sent(store, row) -> None:
    again = RequestFactory().get("/x", headers={"If-None-Match": f'"{row.sha256}"'})
    response = file_send(again, row, store=store)
    assert response.status_code == 304
    assert response["Cache-Control"] == "private, no-cache"


def test_head_tells_the_size_and_opens_nothing(store, row) -> None:
    response = file_send(RequestFactory().head("/x"), row, store=store)
    assert (response.status_code, response["Content-Length"], response.content) == (200, "17", b"")


def test_missing_content_is_no_crash(store) -> None:
    with pytest.raises(FileGone):
        file_send(GET, Row("0" * 64), store=store)

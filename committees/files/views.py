"""Sending a kept file. Who may is asked by the view that calls this; there is no address that sends by hash alone."""

import logging
from typing import Protocol

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from committees.files.kinds import KINDS, MEDIA_TYPES, UNKNOWN_TYPE
from committees.files.names import disposition
from committees.files.store import FileMissing, FileStore, file_store

log = logging.getLogger(__name__)
SHOWN = frozenset(kind.media_type for kind in KINDS.values() if kind.is_picture)
"""Types a page may show in place; everything else is only ever saved."""


class Sendable(Protocol):
    """What a row must say of its file; `StoredFile` and every model with `FileFields` do."""

    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def media_type(self) -> str: ...
    @property
    def name(self) -> str: ...


class FileGone(Http404):
    """The row is there, its content is not; told as such on the page of the error, and found by verify_invariants."""


def file_send(
    request: HttpRequest, stored: Sendable, *, inline: bool = False, store: FileStore | None = None
) -> HttpResponseBase:
    """Send a kept file with headers under which it can do nothing: its own fixed type, no sniffing, no script, kept by
    this browser only and asked again each time. Raises FileGone.
    """
    media_type = stored.media_type if stored.media_type in MEDIA_TYPES else UNKNOWN_TYPE
    etag = f'"{stored.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or _open(request, stored, media_type, store or file_store())
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = disposition(stored.name, inline and media_type in SHOWN)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _open(request: HttpRequest, stored: Sendable, media_type: str, store: FileStore) -> HttpResponseBase:
    try:
        content = store.open_kept(stored.sha256)
    except FileMissing as error:
        log.error("the content %s of a row is missing in the store", stored.sha256)
        raise FileGone(_("The file is missing in the store. The administrator has to look for it.")) from error
    if request.method == "HEAD":
        content.close()
        return HttpResponse(content_type=media_type, headers={"Content-Length": str(stored.size)})
    return FileResponse(content, content_type=media_type, headers={"Content-Length": str(stored.size)})

"""How large a request may be: asked before anything of its body is read."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, HttpResponse

CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024


class BodyLimitMiddleware:
    """Stands before whatever reads a form (the CSRF check is the first): 413 for more than REQUEST_MOST_BYTES.

    A length that is told is believed, for Django reads no further. A body sent in chunks without a length is counted
    while it comes and cut at the limit; within it, it is handed on with the length it had.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _told_length(request) > settings.REQUEST_MOST_BYTES:
            return _too_large()
        if not _is_chunked(request):
            _check_end(request)
            return self.get_response(request)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
            return self.get_response(request) if _take_chunks(request, kept) else _too_large()


class WholeStream(LimitedStream):
    """A body of told length that ends early raises OSError: Django would take the first half of a file for a file."""

    def read(self, size: int | None = -1, /) -> bytes:
        """`size` bytes; fewer only at the end of a whole body."""
        left: int = self.limit - self._pos  # type: ignore[attr-defined]
        wanted = left if size is None or size < 0 else min(size, left)
        pieces = []
        while wanted:
            pieces.append(_some(super().read(wanted)))
            wanted -= len(pieces[-1])
        return b"".join(pieces)

    def readline(self, size: int | None = -1, /) -> bytes:
        """One line."""
        is_over = self._pos >= self.limit or size == 0  # type: ignore[attr-defined]
        return b"" if is_over else _some(super().readline(size))


def _some(got: bytes) -> bytes:
    if not got:
        raise OSError("the body ended before its told length")
    return got


def _check_end(request: Any) -> None:
    request._stream = WholeStream(request.environ["wsgi.input"], _told_length(request))


def _told_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _is_chunked(request: HttpRequest) -> bool:
    return not request.META.get("CONTENT_LENGTH") and "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def _take_chunks(request: Any, kept: Any) -> bool:
    """Count a body of unknown length into `kept`; False as soon as it passes the limit."""
    size, source = 0, request.environ["wsgi.input"]
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > settings.REQUEST_MOST_BYTES:
            return False
        kept.write(chunk)
    kept.seek(0)
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = LimitedStream(kept, size)
    return True


def _too_large() -> HttpResponse:
    """The page is put in by ErrorPagesMiddleware. What was not read is not waited for."""
    response = HttpResponse(status=413)
    response["Connection"] = "close"
    return response

"""A number for every request: in the answer's header, on error pages, in every line of the log."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
OUTSIDE = "-"
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default=OUTSIDE)


class RequestIdMiddleware:
    """Stands first. A number given by a proxy of ours is kept, so that both logs speak of the same request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _given(request) or secrets.token_hex(8)
        request.request_id = number  # type: ignore[attr-defined]
        token = _current.set(number)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = number
        return response


class RequestIdFilter(logging.Filter):
    """Gives every record `request_id`; "-" outside of requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record."""
        asked = getattr(record, "request", None)
        record.request_id = getattr(asked, "request_id", None) or _current.get()
        return True


def current_request_id() -> str:
    """The number of the request this thread serves; "-" when it serves none."""
    return _current.get()


def _given(request: HttpRequest) -> str:
    """What a proxy of ours said; without a proxy the header is a stranger's word."""
    given = request.headers.get(HEADER, "") if settings.PROXY_COUNT else ""
    return given if _GIVEN.fullmatch(given) else ""

"""What the portal writes into its log: one JSON object a line, with request, school and person, never what they typed."""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("portal.requests")

_current: ContextVar[HttpRequest | None] = ContextVar("logged_request", default=None)
#: Addresses that carry a secret: the code stays out of the log.
_SECRETS = re.compile(r"(/(?:invitation|code|mail|key)/)[^/\s]{6,}|((?:ticket|key|code)=)[^&\s]+")


class RequestLogMiddleware:
    """Writes one line about every request; its number comes from portal/request_ids.py."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Stays until the next request of this thread: Django writes its own lines after the last middleware.
        _current.set(request)
        began = time.monotonic()
        response = self.get_response(request)
        milliseconds = round((time.monotonic() - began) * 1000)
        logger.info(
            "%s %s %s", request.method, _route(request), response.status_code, extra={"milliseconds": milliseconds}
        )
        return response


class JsonFormatter(logging.Formatter):
    """One line of JSON. Of an exception: its type, the places it passed, and the first line of its text, since the
    further lines of a database error repeat values.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "message": without_secrets(record.getMessage()),
            **facts_of(_current.get()),
        }  # fmt: skip
        if (milliseconds := getattr(record, "milliseconds", None)) is not None:
            line["milliseconds"] = milliseconds
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """The same for a person's eyes, in development."""

    def format(self, record: logging.LogRecord) -> str:
        """The usual line, secrets taken out."""
        return without_secrets(super().format(record))


def facts_of(request: HttpRequest | None) -> dict[str, Any]:
    """Id of the request, code of the school, id of the person; never a name. Asks nothing that is not known yet."""
    if request is None:
        return {}
    school = getattr(request, "school", None)
    known = {
        "request": getattr(request, "request_id", None), "school": school.code if school else None,
        "user": getattr(request, "person_id", None),
    }  # fmt: skip
    return {name: value for name, value in known.items() if value is not None}


def without_secrets(text: str) -> str:
    """The text with codes, keys and tickets in addresses replaced."""
    return _SECRETS.sub(lambda found: f"{found[1] or found[2]}***", text)


def _route(request: HttpRequest) -> str:
    """The pattern of the address, not what stands in its place."""
    match = request.resolver_match
    return f"/{match.route}" if match else "(no address of ours)"


def _exception(error: BaseException) -> dict[str, Any]:
    text = str(error).strip().splitlines()
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return {
        "type": type(error).__name__, "text": without_secrets(text[0][:300]) if text else "",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }  # fmt: skip

"""Answers that say no, as pages: what Django's error handlers and empty answers show."""

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.views import defaults

from committees.files.views import FileGone
from portal.headers import is_page

#: Answers of decorators and middleware that come without a word.
PAGES = frozenset({405, 413, 429, 503})
RETRY_SECONDS = {429: "60", 503: "30"}
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class ErrorPagesMiddleware:
    """Puts a page into an answer that has none, and says when to come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in RETRY_SECONDS:
            response.headers.setdefault("Retry-After", RETRY_SECONDS[response.status_code])
        empty = response.status_code in PAGES and not response.streaming and not response.content
        if empty and is_page(response) and request.method != "HEAD":
            response.content = _page(request, response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A body that ended early: its sender is gone or lied about its length."""
        if not isinstance(exception, UnreadablePostError):
            return None
        return HttpResponse(_page(request, 400), status=400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; or 413 where the form was larger than Django takes."""
    if isinstance(exception, _TOO_LARGE):
        return HttpResponse(_page(request, 413), status=413)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; where a row is there and its file is not, the page says so to the person who may see both."""
    if isinstance(exception, FileGone):
        return HttpResponse(render_to_string("errors/file_gone.html", {"says": str(exception)}, request), status=404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 while the database is away or too busy: nothing is broken, and coming again helps.

    Neither page asks the database for anything.
    """
    status = 503 if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)) else 500
    content = render_to_string(f"errors/{status}.html", {"request_id": getattr(request, "request_id", "")})
    response = HttpResponse(content, status=status)
    if status in RETRY_SECONDS:
        response["Retry-After"] = RETRY_SECONDS[status]
    return response


def _page(request: HttpRequest, status: int) -> str:
    context = None if status == 503 else request
    return render_to_string(f"errors/{status}.html", {"request_id": getattr(request, "request_id", "")}, context)

"""Asking a route as an actor, and comparing two answers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.template.backends.django import Template
from django.urls import reverse
from django.utils.safestring import SafeString

from tests.access.routes import Route, urlconfs
from tests.ground.cast import VISITOR, Cast
from tests.ground.clients import association_client, school_client
from tests.security.header_rules import header_faults

#: Headers that differ by themselves.
_FREE_HEADERS = {"set-cookie", "x-request-id", "date", "expires", "last-modified", "content-length"}
#: A form's own number (workflow's guard against sending twice) is new each time.
_KEY = re.compile(r'name="key" value="[0-9a-f-]{36}"')
_TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")


@contextmanager
def without_rendering() -> Iterator[None]:
    """Views answer, their templates do not: where only the status is asked, pages are most of the time it takes."""
    with patch.object(Template, "render", lambda *_args, **_kwargs: SafeString("")):
        yield


def ask(host: str, path: str, method: str, actor: str, cast: Cast, data: dict[str, Any] | None = None) -> Any:
    """The answer to one request; an exception in the view is raised, and so are faults of its headers."""
    user = None if actor == VISITOR else cast[actor]
    client = school_client(cast.school_a, user) if host == "school" else association_client(user)
    known = method in {"GET", "POST"}
    answer: Any = getattr(client, method.lower())(path, data or {}) if known else client.generic(method, path)
    if answer.streaming:
        answer.body = b"".join(answer)  # read to its end, so that the file behind it is closed
    faults = list(header_faults(answer, path, signed_in=user is not None))
    assert not faults, faults
    return answer


def path_of(route: Route, parameters: dict[str, Any], given: str = "") -> str:
    """The address of a route; `given` where it cannot be made from the name."""
    if given or route.name.startswith("at:"):
        return given or route.name.removeprefix("at:")
    return reverse(route.name, urlconf=urlconfs()[route.host], kwargs=parameters)


def face(response: Any, words: list[str]) -> tuple[int, dict[str, str], str]:
    """All that tells two answers apart: status, headers, body; without tokens and without the ids asked for."""

    number = response.headers.get("X-Request-ID") or "«none»"

    def plain(text: str) -> str:
        text = _KEY.sub("«key»", text.replace(number, "«request»"))
        text = _TOKEN.sub("«token»", text)  # first: a short id (a version's number) may stand inside a token
        for word in sorted(words, key=len, reverse=True):
            text = text.replace(word, "«id»")
        return text

    headers = {key.lower(): plain(value) for key, value in response.headers.items() if key.lower() not in _FREE_HEADERS}
    content = response.body if response.streaming else response.content
    return response.status_code, headers, plain(content.decode("utf-8", "replace"))

"""What the description of the interface (OpenAPI) says of keys, problems and lists, in one place."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from committees.keys.paging import PageAsked
from committees.keys.problems import MEDIA, Problem

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer hq_…`."""

    target_class = "committees.keys.authentication.KeyAuthentication"
    name = "schoolKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """As OpenAPI writes it."""
        return {"type": "http", "scheme": "bearer", "description": _("A key that a head of the school has made.")}


def told(answer: Any, *refusals: int, listed: str = "", media: str = "", **more: Any) -> Decorator:
    """`extend_schema` for a GET: the answer, and the statuses it may refuse with (406 and 429 always). `listed` names
    the list, where the answer is one page of it."""
    body = _page_of(answer, listed) if listed else answer
    shown = {(200, media): body} if media else {200: body}
    refused = {*refusals, 406, 429, *((400, 404) if listed else ())}
    problems = {(code, MEDIA): OpenApiResponse(Problem, description="") for code in sorted(refused)}
    parameters = [*more.pop("parameters", []), *([PageAsked] if listed else [])]
    made: Decorator = extend_schema(responses={**shown, **problems}, parameters=parameters, **more)
    return made


def in_path(name: str, description: str | Promise, pattern: str = "") -> OpenApiParameter:
    """A text in the address."""
    kind: dict[str, Any] = {"type": "string", "minLength": 1}
    return OpenApiParameter(name, kind | ({"pattern": pattern} if pattern else {}), "path", description=description)


def exact(**more: Any) -> serializers.RegexField:
    """A decimal number as text, with all its digits."""
    return serializers.RegexField(r"^-?[0-9]+(\.[0-9]+)?$", help_text=_("decimal number as text"), **more)


def _page_of(row: Any, name: str) -> Any:
    return inline_serializer(
        name,
        {
            "count": serializers.IntegerField(),
            "page": serializers.IntegerField(),
            "pages": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row(many=True),
        },
    )

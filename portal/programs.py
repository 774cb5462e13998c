"""The interface for programs described: the schema as a file, and the same as a page for people."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from tenants.doors import public_door


@public_door
@require_safe
def schema_send(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 of this host."""
    kind = "association" if request.school is None else "school"  # type: ignore[attr-defined]
    text = json.dumps(schema_of(kind), ensure_ascii=False, indent=1, default=str)
    response = HttpResponse(text, content_type="application/vnd.oai.openapi+json")
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response["Cache-Control"] = "public, max-age=300"
    return response


@public_door
@require_safe
def developers_show(request: HttpRequest) -> HttpResponse:
    """The reference for people who write programs: every address, what it takes and gives, without a line of script."""
    spoken = translation.get_language() or settings.LANGUAGE_CODE
    parts = [
        (_("Public figures"), settings.ASSOCIATION_URL, _operations("association", spoken)),
        (_("A school’s own filings"), f"{settings.SCHEME}://{_('your-school')}.{settings.BASE_DOMAIN}{settings.PORT_SUFFIX}",
         _operations("school", spoken)),
    ]  # fmt: skip
    crumbs = [{"label": _("Home"), "href": "/"}, {"label": _("For programs"), "href": ""}]
    limits = {"public": settings.API_PUBLIC_RATE.split("/")[0], "key": settings.API_KEY_RATE.split("/")[0]}
    return render(request, "developers/reference.html", {"parts": parts, "crumbs": crumbs, "limits": limits})


@cache
def schema_of(kind: str, language: str = "en") -> dict[str, Any]:
    """The schema of a kind of host (association, school); the file speaks English, the page its reader's language."""
    patterns = import_string(f"portal.urls.api.{kind}")
    with translation.override(language):
        generator: Any = SchemaGenerator(patterns=patterns)  # type: ignore[no-untyped-call]
        made = generator.get_schema(request=None, public=True)
        # Lazy words become text while the language holds.
        plain: dict[str, Any] = json.loads(json.dumps(made, default=str))
    return plain


@cache
def _operations(kind: str, language: str) -> list[dict[str, Any]]:
    """One row an address: path, summary, parameters, fields of the answer, statuses."""
    schema = schema_of(kind, language)
    rows = []
    for path, methods in schema["paths"].items():
        told = methods["get"]
        answer: list[Any] = list(told["responses"]["200"].get("content", {}).values())
        body = answer[0]["schema"] if answer else {}
        rows.append(
            {
                "path": path, "summary": told.get("summary", ""), "about": told.get("description", ""),
                "parameters": told.get("parameters", []), "fields": _fields(body, schema),
                "statuses": ", ".join(sorted(told["responses"])), "key": _asks_key(told),
            }
        )  # fmt: skip
    return rows


def _asks_key(told: dict[str, Any]) -> bool:
    """Whether nobody gets in without a key; an empty entry says that one may."""
    ways = told.get("security", [])
    return bool(ways) and {} not in ways


def _fields(body: dict[str, Any], schema: dict[str, Any], prefix: str = "", depth: int = 0) -> list[dict[str, str]]:
    """The fields of an answer, those inside lists too, each with its type and what is said of it."""
    found: list[dict[str, str]] = []
    for name, field in _resolved(body, schema).get("properties", {}).items():
        kind = field.get("type", "object")
        words = " | ".join(kind) if isinstance(kind, list) else str(kind)
        found.append({"name": f"{prefix}{name}", "type": words, "about": field.get("description", "")})
        inner = field.get("items", {})
        if depth < 2 and "$ref" in inner:
            found += _fields(inner, schema, f"{prefix}{name}[].", depth + 1)
    return found


def _resolved(body: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in body:
        return body
    found: dict[str, Any] = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[-1]]
    return found

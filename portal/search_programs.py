"""The search for programs and browsers: public matter as JSON, and how a browser is told of the box (OpenSearch)."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from committees.keys.api_doors import open_to_programs
from committees.keys.schema import told
from search.asking import MOST_PAGES, Hit, Query, Results, search
from search.engines.engine import Chosen, Scope
from search.planning.planner import LONGEST
from search.readers import Reader
from search.views.showing import href_of
from tenants.clock import request_time
from tenants.doors import public_door
from tenants.models import School

ORDERS = {"relevance": "", "date": "date"}
WORDS = ("meant", "typed")


class SearchAsked(serializers.Serializer[Any]):
    """What is looked for, and where."""

    q = serializers.CharField(
        max_length=LONGEST, allow_blank=True, default="", help_text=_("words, pinyin, paper’s number")
    )
    kind = serializers.CharField(max_length=30, required=False, allow_blank=True, help_text=_("as in `facets`"))
    column = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text=_("as in `facets`"))
    committee = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text=_("as in `facets`"))
    school = serializers.CharField(max_length=63, required=False, allow_blank=True, help_text=_("code, as in `facets`"))
    year = serializers.IntegerField(min_value=1900, max_value=2999, required=False)
    order = serializers.ChoiceField(tuple(ORDERS), default="relevance")
    words = serializers.ChoiceField(WORDS, default="meant", help_text=_("meant: slips of typing are mended"))
    page = serializers.IntegerField(min_value=1, max_value=MOST_PAGES, default=1)


class BitRow(serializers.Serializer[Any]):
    """A stretch of text; `match` where it is what was looked for."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)
    match = serializers.BooleanField()


class HitRow(serializers.Serializer[Any]):
    """One result."""

    title = serializers.CharField()
    url = serializers.URLField()
    kind = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    day = serializers.DateField(allow_null=True)
    column = serializers.CharField(allow_blank=True)
    committee = serializers.CharField(allow_blank=True)
    school = serializers.CharField(allow_null=True, help_text=_("code of the school it is about"))
    extract = BitRow(many=True)


class FacetRow(serializers.Serializer[Any]):
    """One value that would narrow the results down."""

    facet = serializers.ChoiceField(("kind", "column", "committee", "school", "year"))
    value = serializers.CharField()
    count = serializers.IntegerField()


class SearchFound(serializers.Serializer[Any]):
    """One page of results. `about`: pieces of long texts are counted singly. `approximate`: no text holds all words.
    `meant`: what was looked for instead of `q`."""

    count = serializers.IntegerField()
    about = serializers.BooleanField()
    approximate = serializers.BooleanField()
    meant = serializers.CharField(allow_blank=True)
    guesses = serializers.ListField(child=serializers.CharField())
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    facets = FacetRow(many=True)
    results = HitRow(many=True)


class SearchAway(APIException):
    """Neither engine answers."""

    status_code = 503
    default_detail = "The search gives no answer just now. Ask again in a minute."


@told(SearchFound, 400, 404, 503, operation_id="search", summary=_("Find public pages, papers and cards"),
      description=_("What everybody may find, whoever asks. Twenty results a page."),
      parameters=[SearchAsked])  # fmt: skip
@open_to_programs
def api_search(request: Request) -> Response:
    """What everybody may find, whoever asks. Twenty results a page."""
    asked = _asked(request)
    school = asked.get("school", "")
    pk = School.objects.filter(code=school).values_list("pk", flat=True).first() if school else None
    chosen = Chosen(
        asked.get("kind", ""), asked.get("column", ""), asked.get("committee", ""), pk, asked.get("year"),
    )  # fmt: skip
    text = " ".join(asked["q"].split())
    query = Query(text, chosen, ORDERS[asked["order"]], asked["page"], asked["words"] == "typed")
    # A school nobody knows has nothing.
    results = Results(query) if school and pk is None else search(query, Scope(Reader(), request_time(request)))
    if results.failed:
        raise SearchAway
    if query.page > max(1, results.pages):
        raise NotFound("There are fewer pages.")
    response = Response(_found(results, request))
    # What is taken down must be gone at once, from stores on the way too. With a session: portal/headers.py.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        patch_cache_control(response, no_cache=True)
    return response


def _asked(request: Request) -> dict[str, Any]:
    """What was asked, checked. Raises `ValidationError` for parameters that are none."""
    given = {name: value.replace("\0", " ") for name, value in request.query_params.dict().items()}
    unknown = sorted(set(given) - set(SearchAsked().fields))
    if unknown:
        raise ValidationError({name[:60]: ["There is no such parameter here."] for name in unknown[:5]})
    asked = SearchAsked(data=given)
    asked.is_valid(raise_exception=True)
    checked: dict[str, Any] = asked.validated_data
    return checked


def _found(results: Results, request: Request) -> dict[str, Any]:
    page, pages = results.query.page, results.pages
    wanted = {hit.row.school_id for hit in results.hits if hit.row.school_id is not None}
    wanted |= {pk for pk, _count in results.facets.get("school_id", [])}
    codes = dict(School.objects.filter(pk__in=wanted).values_list("pk", "code")) if wanted else {}
    return {
        "count": results.total, "about": results.about, "approximate": results.partial, "meant": results.meant,
        "guesses": list(results.guesses), "page": page, "pages": pages,
        "next": _address(request, page + 1) if page < pages else None,
        "previous": _address(request, page - 1) if page > 1 else None,
        "facets": list(_facets(results, codes)), "results": [_hit(hit, codes, request) for hit in results.hits],
    }  # fmt: skip


def _facets(results: Results, codes: dict[int, str]) -> Iterator[dict[str, Any]]:
    for facet, values in results.facets.items():
        for value, count in values:
            if facet == "school_id":
                yield {"facet": "school", "value": codes.get(value, ""), "count": count}
            else:
                yield {"facet": facet, "value": str(value), "count": count}


def _hit(hit: Hit, codes: dict[int, str], request: Request) -> dict[str, Any]:
    row, href = hit.row, href_of(hit.row, request)
    return {
        "title": row.title, "url": f"{settings.ASSOCIATION_URL}{href}" if href.startswith("/") else href,
        "kind": row.kind, "language": row.language, "day": row.day.isoformat() if row.day else None,
        "column": row.column, "committee": row.committee, "school": codes.get(row.school_id or 0),
        "extract": [{"text": bit.text, "match": bit.marked} for bit in hit.extract],
    }  # fmt: skip


def _address(request: Request, number: int) -> str:
    query = request._request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


@require_safe
@public_door
def opensearch_send(request: HttpRequest) -> HttpResponse:
    """The description by which a browser offers the site's search in its address bar (OpenSearch 1.1)."""
    response = render(
        request, "opensearch.xml", {"base": settings.ASSOCIATION_URL},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )  # fmt: skip
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        patch_cache_control(response, public=True, max_age=86_400)
    return response

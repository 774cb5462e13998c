"""The page of results and the suggestions, on both hosts."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.asked import note_asked
from search.asking import Query, search, suggest
from search.engines.engine import Scope
from search.readers import reader_of
from search.registry import kinds
from search.views.showing import context_of, href_of
from tenants.clock import request_day, request_time
from tenants.doors import public_door, school_door
from tenants.frames import page


@never_cache
@require_safe
@public_door
def search_show(request: HttpRequest) -> HttpResponse:
    """What everybody may find; signed in at the association, what posts and seats open besides."""
    query = Query.of(request.GET)
    results = search(query, _scope(request))
    if query.text and query.page == 1 and not results.failed:
        note_asked(query.text, found=bool(results.total) and not results.partial, day=request_day(request))
    return render(request, "search/public.html", context_of(results, request))


@never_cache
@require_safe
@school_door()
def school_search(request: HttpRequest) -> HttpResponse:
    """The same in a school's space, with the school's own records. What is asked here is counted nowhere."""
    results = search(Query.of(request.GET), _scope(request))
    return page(request, "search/school.html", **context_of(results, request))


@never_cache
@require_safe
@public_door
def search_suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin like what is typed."""
    return _suggest(request)


@never_cache
@require_safe
@school_door()
def school_suggest(request: HttpRequest) -> JsonResponse:
    """The same in a school's space."""
    return _suggest(request)


def _suggest(request: HttpRequest) -> JsonResponse:
    known = kinds()
    rows = [
        {
            "title": row.title,
            "href": href_of(row, request),
            "kind": str(known[row.kind].label) if row.kind in known else "",
        }
        for row in suggest(request.GET.get("q", ""), _scope(request))
    ]
    if request.GET.get("form") == "list":  # as browsers ask for it (OpenSearch suggestions)
        columns = ([row[part] for row in rows] for part in ("title", "kind", "href"))
        told = [request.GET.get("q", ""), *columns]
        return JsonResponse(told, safe=False, content_type="application/x-suggestions+json")
    says = ngettext("%(number)s suggestion", "%(number)s suggestions", len(rows)) % {"number": len(rows)}
    return JsonResponse({"rows": rows, "says": says})


def _scope(request: HttpRequest) -> Scope:
    return Scope(reader_of(request), request_time(request))

"""A filing's public card and what may be taken away from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.filings.card import read_card, script_text, seal_document
from committees.filings.models import Filing, FilingVersion
from committees.filings.public_access import is_insider, may_see_card
from committees.filings.slugs import number_of, slug_of
from tenants.doors import public_door
from tenants.exports import note_payload


@public_door
@require_safe
def filing_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Number, version, seal, figures, history, downloads. What is not open to the person answers like the unknown."""
    filing, version = _sealed(request, slug)
    card = read_card(filing, version)
    call_slug = slug_of(filing.call.number)
    crumbs = [
        {"label": _("Home"), "href": "/"},
        {"label": _("Energy bulletin"), "href": reverse("bulletin_list")},
        {"label": filing.call.title, "href": reverse("bulletin", kwargs={"slug": call_slug})},
        {"label": filing.number, "href": ""},
    ]
    context = {"card": card, "filing": filing, "version": version, "slug": slug, "call": filing.call, "crumbs": crumbs,
               "files": version.evidence.order_by("sha256")}  # fmt: skip
    return _private(render(request, "filings/public/card.html", context))


@public_door
@require_safe
def payload_download(request: HttpRequest, slug: str) -> HttpResponse:
    """The sealed payload, byte for byte."""
    _filing, version = _sealed(request, slug)
    note_payload(request, what="payload", number=slug, version=version.version)
    return _file(version.payload.encode("utf-8"), f"{slug}-payload.json", "application/json")


@public_door
@require_safe
def seal_download(request: HttpRequest, slug: str) -> HttpResponse:
    """What the seal covers, and how the figures are computed."""
    filing, version = _sealed(request, slug)
    return _file(seal_document(filing, version).encode("utf-8"), f"{slug}-seal.json", "application/json")


@public_door
@require_safe
def recompute_download(request: HttpRequest, slug: str) -> HttpResponse:
    """The script that checks both."""
    _sealed(request, slug)
    return _file(script_text().encode("utf-8"), "recompute.py", "text/x-python; charset=utf-8")


def _sealed(request: HttpRequest, slug: str) -> tuple[Filing, FilingVersion]:
    """The filing of that number and the version shown: the counted one, else (for insiders) the latest or the one asked
    for by ?version=. Http404 for what is not open to this person."""
    # Asked for in any case: otherwise the answer's headers would tell a closed number from an unknown one.
    _known = request.user.is_authenticated
    number = number_of(slug)
    rows = Filing.objects.select_related(
        "school", "call__committee", "call__form", "latest__form", "counted__form", "latest__scan", "counted__scan"
    )  # fmt: skip
    filing = get_object_or_404(rows, number=number, latest__isnull=False) if number else None
    if filing is None or not may_see_card(request, filing):
        raise Http404
    wanted = request.GET.get("version", "")
    if wanted.isdecimal() and len(wanted) < 10 and is_insider(request, filing):
        return filing, get_object_or_404(filing.versions.select_related("form", "scan"), version=int(wanted))
    shown = filing.counted or filing.latest
    if shown is None:
        raise Http404
    return filing, shown


def _file(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """No shared cache keeps what only some may see."""
    response["Cache-Control"] = "private, no-cache"
    return response

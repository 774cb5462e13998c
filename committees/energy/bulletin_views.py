"""Public pages of the energy bulletin: the list, one bulletin, the filings behind a figure, the files."""

from collections.abc import Mapping
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.commission.words import signed_words
from committees.energy.bulletin import (
    Bulletin,
    Ranked,
    filings_behind,
    name_of,
    published_call,
    published_calls,
    read_bulletin,
    values_of,
)
from committees.energy.bulletin_files import dictionary_csv, figures_csv
from committees.energy.bulletin_papers import figures_xlsx, table_pdf
from committees.filings.former import former_sums
from committees.filings.models import Call, Disclosure, Filing
from committees.filings.public_access import sees_single
from committees.filings.slugs import slug_of
from committees.workbooks.exports import Export
from tenants.doors import public_door
from tenants.models import SchoolType


@public_door
@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """All bulletins, the newest period first."""
    rows = [(call, slug_of(call.number)) for call in published_calls()]
    return render(request, "energy/bulletin_list.html", {"rows": rows, "crumbs": _crumbs()})


@public_door
@require_safe
def bulletin_show(request: HttpRequest, slug: str) -> HttpResponse:
    """One bulletin: totals, ranking, table; single schools as far as the call discloses."""
    call = _call(slug)
    bulletin = _read(request, call)
    ranked = bulletin.ranked.code
    rows = [
        Ranked(
            line.name or str(number), line.figures.get(ranked),
            reverse("filing_card", args=[line.slug]) if line.slug else "",
        )
        for number, line in enumerate(bulletin.lines, 1)
        if line.figures.get(ranked) is not None
    ]  # fmt: skip
    average = bulletin.average
    context = {
        "bulletin": bulletin, "call": call, "signed": signed_words(call),
        "former": former_sums(call, [one.code for one in bulletin.tray]),
        "rows": sorted(rows, key=lambda row: row.value or Decimal(0)),
        "below": sum(average is not None and row.value is not None and row.value < average for row in rows),
        "sort": request.GET.get("sort", "") or ranked, "type": _type(request), "crumbs": _crumbs(call),
        "lines": [(line, [(column, line.figures.get(column.code)) for column in bulletin.columns]) for line in bulletin.lines],
        "totals": [(column, bulletin.total(column.code)) for column in bulletin.columns],
        "named": any(line.named for line in bulletin.lines), "inside": sees_single(request, call),
        "others": [(other, slug_of(other.number)) for other in published_calls() if other.pk != call.pk][:6],
    }  # fmt: skip
    return render(request, "energy/bulletin.html", context)


@public_door
@require_safe
def bulletin_figure(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """The filings behind one figure of the association: number, version, value, beginning of the seal."""
    call = _call(slug)
    bulletin = _read(request, call)
    if bulletin.held_back:
        raise Http404
    codes = _behind(bulletin, indicator)
    open_here = call.disclosure == Disclosure.NAMED or sees_single(request, call)
    filings = list(filings_behind(call))
    values = values_of(call, codes) if open_here else {}
    rows = [_row(filing, codes, values) for filing in filings]
    if not open_here:
        rows.sort(key=lambda row: str(row["seal"]))
    ratio = bulletin.ratios.get(indicator)
    context = {
        "bulletin": bulletin, "call": call, "indicator": indicator, "ratio": ratio, "open": open_here, "rows": rows,
        "name": name_of(indicator, bulletin.kind, bulletin.form), "total": bulletin.totals.get(indicator),
        "heads": [(name_of(code, bulletin.kind, bulletin.form), bulletin.totals.get(code)) for code in codes],
        "crumbs": _crumbs(call, name_of(indicator, bulletin.kind, bulletin.form)),
        "factor": bulletin.kind.ratios[indicator][3] if ratio else "1",
    }  # fmt: skip
    return render(request, "energy/bulletin_figure.html", context)


@public_door
@require_safe
def bulletin_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The table as CSV."""
    return _csv(figures_csv(_read(request, _call(slug))), f"{slug}.csv")


@public_door
@require_safe
def bulletin_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The table as a workbook, with the dictionary as its second sheet."""
    made = figures_xlsx(_read(request, _call(slug)))
    return _sent(made.content, f"{slug}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@public_door
@require_safe
def bulletin_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The official table on paper."""
    call = _call(slug)
    bulletin = _read(request, call)
    if bulletin.held_back:
        raise Http404
    at = max((row.rolled_at for row in bulletin.totals.values()), default=call.created_at)
    return _sent(table_pdf(bulletin, at=at, signed=signed_words(call)), f"{slug}.pdf", "application/pdf")


@public_door
@require_safe
def dictionary_download(request: HttpRequest, slug: str) -> HttpResponse:
    """What the columns of the CSV mean."""
    return _csv(dictionary_csv(_read(request, _call(slug))), f"{slug}-dictionary.csv")


def _call(slug: str) -> Call:
    call = published_call(slug)
    if call is None:
        raise Http404
    return call


def _read(request: HttpRequest, call: Call) -> Bulletin:
    named = call.disclosure == Disclosure.NAMED
    everything = not named and sees_single(request, call)
    kind = _type(request) if named or everything else ""
    return read_bulletin(call, type=kind, sort=request.GET.get("sort", ""), everything=everything)


def _type(request: HttpRequest) -> str:
    asked = request.GET.get("type", "")
    return asked if asked in SchoolType.values else ""


def _behind(bulletin: Bulletin, indicator: str) -> list[str]:
    """The totals a figure is made of: itself, or the two of a ratio. Http404 for what has none."""
    ratio = bulletin.ratios.get(indicator)
    if ratio:
        return [ratio.top, ratio.bottom]
    if indicator in bulletin.totals:
        return [indicator]
    raise Http404


def _row(filing: Filing, codes: list[str], values: Mapping[int, Mapping[str, Decimal | None]]) -> dict[str, object]:
    version = filing.counted
    assert version is not None
    found = values.get(version.pk, {})
    return {
        "filing": filing, "version": version.version, "seal": version.seal[:8], "slug": slug_of(version.number),
        "values": [found.get(code) for code in codes],
    }  # fmt: skip


def _crumbs(call: Call | None = None, last: str = "") -> list[dict[str, str]]:
    crumbs = [{"label": _("Home"), "href": "/"}, {"label": _("Energy bulletin"), "href": reverse("bulletin_list")}]
    if call:
        crumbs.append({"label": call.title, "href": reverse("bulletin", kwargs={"slug": slug_of(call.number)})})
    if last:
        crumbs.append({"label": last, "href": ""})
    return crumbs


def _csv(made: Export, name: str) -> HttpResponse:
    return _sent(made.content, name, "text/csv; charset=utf-8")


def _sent(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response

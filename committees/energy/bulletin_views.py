"""Public pages of the energy bulletin: the list, one bulletin, the filings behind a figure, the files."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.commission.words import signed_words
from committees.energy.bulletin import Bulletin, Ranked, read_bulletin, read_head
from committees.energy.bulletin_files import dictionary_csv, figures_csv
from committees.energy.bulletin_lines import PER_PAGE, Wanted, names_schools
from committees.energy.bulletin_papers import figures_xlsx, table_pdf
from committees.energy.calls import filings_behind, published_call, published_calls, values_of
from committees.energy.compared import compared_types, span_of
from committees.energy.layouts import name_of
from committees.filings.former import former_sums
from committees.filings.models import Call, Disclosure, Filing
from committees.filings.public_access import sees_single
from committees.filings.slugs import slug_of
from committees.workbooks.exports import Export
from tenants.doors import public_door
from tenants.models import SchoolType

#: How many other bulletins one leads to.
OTHERS = 6


@public_door
@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """All bulletins, the newest period first."""
    rows = [(call, slug_of(call.number)) for call in published_calls()]
    return render(request, "energy/bulletin_list.html", {"rows": rows, "crumbs": crumbs_of()})


@public_door
@require_safe
def bulletin_show(request: HttpRequest, slug: str) -> HttpResponse:
    """One bulletin: totals, ranking, a page of the table; single schools as far as the call discloses."""
    call = _call(slug)
    bulletin = read_bulletin(call, _wanted(request, call), request.GET.get("page", "1"))
    wanted = bulletin.wanted
    context = {
        "bulletin": bulletin, "call": call, "signed": signed_words(call), "wanted": wanted, "named": bulletin.named,
        "former": former_sums(call, [one.code for one in bulletin.tray]), "rows": _ranked(bulletin),
        "sort": wanted.sort or bulletin.ranked.code, "crumbs": crumbs_of(call), "inside": sees_single(request, call),
        "lines": [(line, [(column, line.figures.get(column.code)) for column in bulletin.columns]) for line in bulletin.lines],
        "totals": [(column, bulletin.total(column.code)) for column in bulletin.columns],
        "others": [(other, slug_of(other.number)) for other in published_calls().exclude(pk=call.pk)[:OTHERS]],
        "compared": compared_types(bulletin) if bulletin.types else None, "span": span_of(bulletin),
    }  # fmt: skip
    return render(request, "energy/bulletin.html", context)


def _ranked(bulletin: Bulletin) -> list[Ranked]:
    """The lines shown as dots: from little to much, with the way to each card."""
    code = bulletin.ranked.code
    rows = [
        Ranked(
            line.name or str(number), line.figures.get(code),
            reverse("filing_card", args=[line.slug]) if line.slug else "",
        )
        for number, line in enumerate(bulletin.lines, bulletin.first)
        if line.figures.get(code) is not None
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.value or Decimal(0))


@public_door
@require_safe
def bulletin_figure(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """The filings behind one figure of the association, by pages: number, version, value, beginning of the seal."""
    call = _call(slug)
    everything = sees_single(request, call)
    bulletin = read_head(call, everything=everything)
    if bulletin.held_back:
        raise Http404
    codes = _behind(bulletin, indicator)
    open_here = call.disclosure == Disclosure.NAMED or everything
    filings = filings_behind(call) if open_here else filings_behind(call).order_by("counted__seal")
    page = Paginator(filings, PER_PAGE).get_page(request.GET.get("page"))
    values = values_of(page.object_list, codes) if open_here else {}
    ratio = bulletin.ratios.get(indicator)
    context = {
        "bulletin": bulletin, "call": call, "indicator": indicator, "ratio": ratio, "open": open_here, "page": page,
        "rows": [_row(filing, codes, values) for filing in page.object_list],
        "name": name_of(indicator, bulletin.kind, bulletin.form), "total": bulletin.totals.get(indicator),
        "heads": [(name_of(code, bulletin.kind, bulletin.form), bulletin.totals.get(code)) for code in codes],
        "crumbs": crumbs_of(call, name_of(indicator, bulletin.kind, bulletin.form)),
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
    return sent_file(made.content, f"{slug}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@public_door
@require_safe
def bulletin_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The official table on paper."""
    call = _call(slug)
    bulletin = _read(request, call)
    if bulletin.held_back:
        raise Http404
    at = max((row.rolled_at for row in bulletin.totals.values()), default=call.created_at)
    return sent_file(table_pdf(bulletin, at=at, signed=signed_words(call)), f"{slug}.pdf", "application/pdf")


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
    """The whole bulletin for a file: all lines that are asked for."""
    return read_bulletin(call, _wanted(request, call))


def _wanted(request: HttpRequest, call: Call) -> Wanted:
    """What is asked of the table. Where schools are not named, neither type nor name narrows it: a small number would tell
    a single one."""
    everything, asked = sees_single(request, call), request.GET
    if not names_schools(call, everything=everything):
        return Wanted(everything=everything)
    kind = asked.get("type", "")
    text = asked.get("q", "").replace("\0", "").strip()[:60]
    return Wanted(kind if kind in SchoolType.values else "", text, asked.get("sort", "")[:60], everything)


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


def crumbs_of(call: Call | None = None, last: str = "") -> list[dict[str, str]]:
    """The way to a bulletin and to the pages below it."""
    crumbs = [{"label": _("Home"), "href": "/"}, {"label": _("Energy bulletin"), "href": reverse("bulletin_list")}]
    if call:
        crumbs.append({"label": call.title, "href": reverse("bulletin", kwargs={"slug": slug_of(call.number)})})
    if last:
        crumbs.append({"label": last, "href": ""})
    return crumbs


def _csv(made: Export, name: str) -> HttpResponse:
    return sent_file(made.content, name, "text/csv; charset=utf-8")


def sent_file(content: bytes, name: str, media: str) -> HttpResponse:
    """A file to be kept under that name."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response

"""Public pages of the bulletins of one kind over the years: page and files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.energy.bulletin_views import crumbs_of, sent_file
from committees.energy.calls import coefficients_of, published_call
from committees.energy.years import Years, dictionary_of, table_of, years_like
from committees.filings.dictionary import TITLES
from committees.filings.models import Call
from committees.papers.writing import number
from committees.workbooks.exports import rows_to_csv, sheets_to_xlsx
from tenants.doors import public_door

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public_door
@require_safe
def bulletin_years(request: HttpRequest, slug: str) -> HttpResponse:
    """The bulletins of one kind as a line; `figure` picks what is drawn."""
    call, years = _years(slug)
    picked = years.column(request.GET.get("figure", ""))
    values = [year.figures.get(picked.code) for year in years.years]
    told = [
        f"{year.call.period} {number(value, 2 if picked.ratio else None)}"
        for year, value in zip(years.years, values, strict=True) if value is not None
    ]  # fmt: skip
    context = {
        "call": call, "slug": slug, "years": years, "picked": picked, "crumbs": crumbs_of(call, _("Over the years")),
        "labels": [year.call.period for year in years.years], "line": {"name": picked.name, "values": values},
        "drawable": sum(value is not None for value in values) > 1,
        "says": _("%(name)s, %(unit)s: %(years)s")
        % {"name": picked.name, "unit": picked.unit, "years": "; ".join(told)},
        "rows": [(year, [(column, year.figures.get(column.code)) for column in years.columns]) for year in years.years],
    }  # fmt: skip
    return render(request, "energy/bulletin_years.html", context)


@public_door
@require_safe
def bulletin_years_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The line as CSV."""
    _call, years = _years(slug)
    return sent_file(rows_to_csv(*table_of(years)).content, f"{slug}-years.csv", "text/csv; charset=utf-8")


@public_door
@require_safe
def bulletin_years_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The line as a workbook, the dictionary as its second sheet."""
    call, years = _years(slug)
    words = list(dictionary_of(years, coefficients_of(call)))
    made = sheets_to_xlsx([(_("Figures"), *table_of(years)), (_("Dictionary"), TITLES, words)])
    return sent_file(made.content, f"{slug}-years.xlsx", XLSX)


def _years(slug: str) -> tuple[Call, Years]:
    call = published_call(slug)
    if call is None:
        raise Http404
    return call, years_like(call)

"""A school's own figures: where it stands among the others, its years, and both as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from committees.filings.dictionary import TITLES, Meant, figure_rows, tidy, word_rows
from committees.filings.disclosures import meaning_of
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Figure, Filing
from committees.filings.peers import FEWEST, own_places
from committees.filings.presenting import full_names
from committees.filings.schema import Form
from committees.filings.school.reads import filing_of
from committees.filings.school.views_case import stand_on_case
from committees.filings.trends import YearPoint, years_of
from committees.papers.writing import number
from committees.workbooks.exports import ExportValue, rows_to_csv, sheets_to_xlsx
from tenants.doors import school_door

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = ("period", "standing", "filing", "form", "coefficients")


@dataclass(frozen=True)
class Column:
    """A figure that is shown over the years."""

    code: str
    name: str
    unit: str
    ratio: bool


@school_door()
@require_safe
def school_figures(request: Any, public_id: UUID) -> HttpResponse:
    """Own position and own years; `figure` picks what is drawn over the years."""
    filing = _compared(request, public_id)
    columns, years = _years(filing)
    picked = next((one for one in columns if one.code == request.GET.get("figure")), columns[0])
    stand_on_case(request, filing, (gettext_lazy("Our figures"), ""))
    context = {
        "filing": filing, "call": filing.call, "places": own_places(filing), "fewest": FEWEST,
        "meaning": meaning_of(filing.call.disclosure), "columns": columns, "picked": picked,
        "years": [(year, [(column, year.figures.get(column.code)) for column in columns]) for year in years],
        "labels": [year.period for year in years], "lines": _lines(picked, years),
        "says": _says(picked, years),
        "carried": any(year.carried for year in years),
    }  # fmt: skip
    return render(request, "filings/school/own_figures.html", context)


@school_door()
@require_safe
def school_figures_csv(request: Any, public_id: UUID) -> HttpResponse:
    """Own years as CSV."""
    filing = _compared(request, public_id)
    columns, years = _years(filing)
    return _sent(rows_to_csv(*_table(columns, years)).content, filing, "csv", "text/csv; charset=utf-8")


@school_door()
@require_safe
def school_figures_xlsx(request: Any, public_id: UUID) -> HttpResponse:
    """Own years as a workbook, the dictionary as its second sheet."""
    filing = _compared(request, public_id)
    columns, years = _years(filing)
    used = sorted({year.coefficients for year in years if year.coefficients})
    meant = [Meant(column.code, column.unit) for column in columns]
    kind, form = kind_of(filing.call.kind), filing.call.form.form()
    words = [*word_rows(PLAIN), *figure_rows(kind, form, meant, used, filing.call.attribution)]
    made = sheets_to_xlsx([(_("Figures"), *_table(columns, years)), (_("Dictionary"), TITLES, words)])
    return _sent(made.content, filing, "xlsx", XLSX)


def _compared(request: Any, public_id: UUID) -> Filing:
    """A filing of this school whose kind has ratios; anything else has no such page (404)."""
    filing = filing_of(request.school, public_id)
    if not kind_of(filing.call.kind).ratios:
        raise Http404
    return filing


def _years(filing: Filing) -> tuple[list[Column], list[YearPoint]]:
    """The kind's ratios and what they are made of, over all periods."""
    kind, form = kind_of(filing.call.kind), filing.call.form.form()
    codes = list(dict.fromkeys([*kind.ratios, *(code for ratio in kind.ratios.values() for code in ratio[:2])]))
    units = dict(
        Figure.objects.filter(call=filing.call, filing_version=filing.counted_id).values_list("indicator", "unit")
        if filing.counted_id else ()
    )  # fmt: skip
    columns = [_column(code, kind, form, units) for code in codes]
    return columns, years_of(filing, codes)


def _column(code: str, kind: Kind, form: Form, units: dict[str, str]) -> Column:
    direct = {item.code: item for item in form.indicators()}.get(code)
    name = full_names(form)[code] if direct else str(kind.figure_names[code])
    unit = kind.ratios[code][2] if code in kind.ratios else direct.unit if direct else units.get(code, "")
    return Column(code, name, unit, ratio=code in kind.ratios)


def _lines(picked: Column, years: Sequence[YearPoint]) -> dict[str, dict[str, object]]:
    """What counts as one line, what was carried over as another that no year of the first belongs to."""

    def values(carried: bool) -> list[Decimal | None]:
        return [year.figures.get(picked.code) if year.carried == carried else None for year in years]

    return {
        "counted": {"name": _("accepted"), "values": values(carried=False)},
        "carried": {"name": _("carried over, not checked"), "values": values(carried=True)},
    }


def _says(picked: Column, years: Sequence[YearPoint]) -> str:
    """The line in words, year by year."""
    told = [
        f"{year.period} {number(value, 2 if picked.ratio else None)}"
        for year in years if (value := year.figures.get(picked.code)) is not None
    ]  # fmt: skip
    return _("%(name)s, %(unit)s: %(years)s") % {"name": picked.name, "unit": picked.unit, "years": "; ".join(told)}


def _table(columns: Sequence[Column], years: Sequence[YearPoint]) -> tuple[list[str], list[list[ExportValue]]]:
    rows: list[list[ExportValue]] = [
        [
            year.period, "carried" if year.carried else "counted", year.number, year.form, year.coefficients,
            *(tidy(year.figures.get(column.code)) for column in columns),
        ]
        for year in years
    ]  # fmt: skip
    return [*PLAIN, *(column.code for column in columns)], rows


def _sent(content: bytes, filing: Filing, ending: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    name = f"{filing.school.code}-{filing.call.kind}-years.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response

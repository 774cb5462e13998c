"""A school's figures over the years: what counts, and old returns carried over, which nobody checked. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from committees.filings.answers import Answer, Coefficients, entries_from
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import CarriedReturn, Figure, Filing
from committees.filings.schema import Form


@dataclass(frozen=True)
class YearPoint:
    """One period of a school: its figures by code (None: not defined). `carried`: carried over, not checked, in no total;
    `number` is the filing's, empty for what was carried over. `form` and `coefficients` name the versions behind it."""

    period: str
    figures: Mapping[str, Decimal | None]
    carried: bool
    number: str = ""
    form: str = ""
    coefficients: str = ""


def years_of(filing: Filing, codes: Sequence[str]) -> list[YearPoint]:
    """All periods of the filing's kind and school, oldest first. What counts stands before what was carried over for the
    same period. Four queries.

    Old returns are computed with the coefficients of the filing's own version (or of its period), so that the years before
    the portal differ by what was used and not by how it is converted."""
    kind = kind_of(filing.call.kind)
    points = {point.period: point for point in _carried(filing, kind, codes)}
    points |= {point.period: point for point in _counted(filing, codes)}
    return [points[period] for period in sorted(points)]


def _counted(filing: Filing, codes: Sequence[str]) -> list[YearPoint]:
    rows = (
        Filing.objects.filter(school=filing.school_id, call__kind=filing.call.kind, counted__isnull=False)
        .select_related("call", "counted__form").defer("counted__payload").order_by("call__period", "pk")
    )  # fmt: skip
    found = list(rows)
    figures: dict[int, dict[str, Decimal | None]] = {}
    asked = Figure.objects.filter(filing_version__in=[row.counted_id for row in found], indicator__in=list(codes))
    for version, code, value in asked.values_list("filing_version_id", "indicator", "value"):
        figures.setdefault(version, {})[code] = value
    return [
        YearPoint(
            row.call.period, figures.get(row.counted.pk, {}), False, row.number or "", _form(row.counted.form.form()),
            row.counted.coefficients,
        )
        for row in found if row.counted is not None
    ]  # fmt: skip


def _carried(filing: Filing, kind: Kind, codes: Sequence[str]) -> list[YearPoint]:
    """The edition that holds of each old return, computed as a new one would be."""
    rows = CarriedReturn.objects.filter(school=filing.school_id, kind=kind.code).select_related("form")
    newest = {row.period: row for row in rows.order_by("edition")}
    if not newest:
        return []
    version = filing.counted.coefficients if filing.counted else ""
    used = kind.coefficients_in(version) if version else kind.coefficients_for(filing.call.period)
    return [_point(row, kind, codes, used) for row in newest.values()]


def _point(row: CarriedReturn, kind: Kind, codes: Sequence[str], coefficients: Coefficients) -> YearPoint:
    form = row.form.form()
    drafts = kind.figures(Answer(form, entries_from(row.entries), carried=True), coefficients)
    found = {draft.indicator: draft.value for draft in drafts if draft.indicator in codes}
    return YearPoint(row.period, found, True, "", _form(form), coefficients.version)


def _form(form: Form) -> str:
    return f"{form.code} {form.version}"

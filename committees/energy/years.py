"""The association's figures over the years: the bulletins of one kind in a line, from what was rolled up. No writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from committees.energy.bulletin import Column, column_of
from committees.energy.calls import is_held_back, published_calls
from committees.energy.layouts import LAYOUTS
from committees.filings.dictionary import Meant, figure_rows, tidy, word_rows
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call, RollUp
from committees.filings.ratios import ratios_of
from committees.filings.slugs import slug_of
from committees.workbooks.exports import ExportValue

PLAIN = ("period", "bulletin", "schools", "form", "source")


@dataclass(frozen=True)
class BulletinYear:
    """One bulletin of the line. `held_back`: too few filings count where schools are not named; it has no figures then."""

    call: Call
    figures: Mapping[str, Decimal | None]
    held_back: bool

    @property
    def slug(self) -> str:
        """The bulletin's address."""
        return slug_of(self.call.number)

    @property
    def form(self) -> str:
        """The version of the form that was asked for."""
        return f"{self.call.form.code} {self.call.form.version}"


@dataclass(frozen=True)
class Years:
    """The line, oldest first, and the figures it is made of."""

    kind: Kind
    columns: Sequence[Column]
    years: Sequence[BulletinYear]

    def column(self, code: str) -> Column:
        """The figure of that code, or the one that bulletins compare by."""
        known = {column.code: column for column in self.columns}
        return known.get(code) or known[LAYOUTS[self.kind.code].ranked]


def years_like(call: Call) -> Years:
    """All bulletins of a call's kind and committee; the latest call stands for its period. Three queries. Only figures
    that were checked and count are in it: old returns carried over are in no total."""
    kind, layout = kind_of(call.kind), LAYOUTS[call.kind]
    calls = published_calls().filter(kind=call.kind, committee=call.committee_id).order_by("period", "pk")
    by_period = {one.period: one for one in calls}
    sums: dict[int, dict[str, RollUp]] = {}
    for row in RollUp.objects.filter(call__in=[one.pk for one in by_period.values()]):
        sums.setdefault(row.call_id, {})[row.indicator] = row
    years = [_year(one, kind, sums.get(one.pk, {})) for one in by_period.values()]
    newest = sums.get(max(by_period.values(), key=lambda one: one.period).pk, {}) if by_period else {}
    codes = dict.fromkeys([layout.ranked, *layout.tray, *layout.columns])
    return Years(kind, [column_of(code, kind, call.form.form(), newest) for code in codes], years)


def table_of(years: Years) -> tuple[list[str], list[list[ExportValue]]]:
    """Titles and rows of the file."""
    rows: list[list[ExportValue]] = [
        [
            year.call.period, year.call.number, year.call.accepted, year.form, year.call.attribution,  # type: ignore[attr-defined]
            *(tidy(year.figures.get(column.code)) for column in years.columns),
        ]
        for year in years.years
    ]  # fmt: skip
    return [*PLAIN, *(column.code for column in years.columns)], rows


def dictionary_of(years: Years, coefficients: Sequence[str]) -> Iterator[list[ExportValue]]:
    """What its columns mean, with the newest form."""
    yield from word_rows(PLAIN)
    newest = years.years[-1].call
    meant = [Meant(column.code, column.unit) for column in years.columns]
    yield from figure_rows(years.kind, newest.form.form(), meant, coefficients, newest.attribution)


def _year(call: Call, kind: Kind, sums: Mapping[str, RollUp]) -> BulletinYear:
    if is_held_back(call):
        return BulletinYear(call, {}, held_back=True)
    figures: dict[str, Decimal | None] = {code: row.total for code, row in sums.items()}
    figures |= {code: found.value for code, found in ratios_of(kind, sums).items()}
    return BulletinYear(call, figures, held_back=False)

"""The types of schools of a bulletin side by side, from what was rolled up: sums, ratios, the spread. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from committees.energy.bulletin import Bulletin, Column
from committees.filings.models import RollUp, Spread, TypeSum
from committees.filings.ratios import ratios_of
from committees.filings.spreads import ALL_TYPES, Marks, marks_of


@dataclass(frozen=True)
class TypeLine:
    """One type: its name, how many of its schools count, its figures in the order of the columns, and its spread."""

    code: str
    name: str
    schools: int
    values: Sequence[tuple[Column, Decimal | None]]
    spread: Marks | None


@dataclass(frozen=True)
class Compared:
    """The types with something that counts, and how the ranked figure lies among all."""

    lines: Sequence[TypeLine]
    everyone: Marks | None

    @property
    def marks(self) -> list[Marks]:
        """All, then each type: for the drawing."""
        return [one for one in (self.everyone, *(line.spread for line in self.lines)) if one is not None]


def compared_types(bulletin: Bulletin) -> Compared:
    """For bulletins that name their schools only. Two queries."""
    call, ranked = bulletin.call, bulletin.ranked.code
    sums: dict[str, dict[str, RollUp]] = {}
    for row in TypeSum.objects.filter(call=call):
        sums.setdefault(row.school_type, {})[row.indicator] = _as_sum(row)
    spreads = {row.school_type: row for row in Spread.objects.filter(call=call, indicator=ranked)}
    lines = [
        TypeLine(code, name, count, _values(bulletin, sums.get(code, {})), _marks(spreads.get(code), name))
        for code, name, count in bulletin.types
    ]
    return Compared(lines, _marks(spreads.get(ALL_TYPES), _("All schools")))


def _marks(row: Spread | None, name: str) -> Marks | None:
    return None if row is None else marks_of(row, name)


def _as_sum(row: TypeSum) -> RollUp:
    return RollUp(indicator=row.indicator, unit=row.unit, basis=row.basis, total=row.total, schools=row.schools)


def _values(bulletin: Bulletin, sums: Mapping[str, RollUp]) -> list[tuple[Column, Decimal | None]]:
    """The sum, or the ratio of sums; never an average of averages."""
    ratios = ratios_of(bulletin.kind, sums) if sums else {}
    found = {code: row.total for code, row in sums.items()}
    return [
        (column, ratios[column.code].value if column.code in ratios else found.get(column.code))
        for column in bulletin.columns
    ]


def span_of(bulletin: Bulletin) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most of the ranked figure among all, for an axis that holds every page. One query where schools
    are shown."""
    if not bulletin.lines:
        return None, None
    rows = Spread.objects.filter(call=bulletin.call, school_type=ALL_TYPES, indicator=bulletin.ranked.code)
    return rows.values_list("least", "most").first() or (None, None)

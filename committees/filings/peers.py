"""Where a school stands with each ratio among the others, without telling what a single other one filed. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from committees.filings.kinds import kind_of
from committees.filings.models import Disclosure, Figure, Filing, Spread
from committees.filings.spreads import ALL_TYPES, Marks, marks_of

#: Among fewer schools than this (one's own counted) marks would come near to what a single other one filed.
FEWEST = 6
#: Digits of a mark that is shown where schools are not named.
DIGITS = 3


@dataclass(frozen=True)
class Place:
    """A school among one group. `quarter`: 1 (the least) to 4; `rank` counts from the least, and only where schools are
    named: elsewhere the quarter says enough. `marks` None: held back, too few count."""

    group: str
    count: int
    marks: Marks | None = None
    quarter: int | None = None
    rank: int | None = None


@dataclass(frozen=True)
class OwnPlace:
    """One ratio of a school's counted version (`value` None: not defined) among its own type and among all."""

    code: str
    name: str
    unit: str
    value: Decimal | None
    places: Sequence[Place]

    @property
    def marks(self) -> list[Marks]:
        """What can be drawn."""
        return [place.marks for place in self.places if place.marks]


def own_places(filing: Filing) -> list[OwnPlace]:
    """Each ratio of the version that counts; nothing where none does. Three queries."""
    if filing.counted_id is None:
        return []
    kind = kind_of(filing.call.kind)
    own = dict(
        Figure.objects.filter(filing_version=filing.counted_id, indicator__in=list(kind.ratios))
        .values_list("indicator", "value")
    )  # fmt: skip
    spreads = {
        (row.school_type, row.indicator): row
        for row in Spread.objects.filter(call=filing.call, school_type__in=(filing.school.type, ALL_TYPES))
    }
    named = filing.call.disclosure == Disclosure.NAMED
    ranks = _ranks(filing, own) if named else {}
    own_type = _("Your type: %(type)s") % {"type": filing.school.get_type_display()}
    groups = {filing.school.type: own_type, ALL_TYPES: _("All schools")}

    def places(code: str) -> list[Place]:
        return [
            _place(spreads.get((group, code)), name, own.get(code), ranks.get((group, code)), named=named)
            for group, name in groups.items()
        ]

    return [
        OwnPlace(code, str(kind.figure_names[code]), unit, own.get(code), places(code))
        for code, (_top, _bottom, unit, _factor) in kind.ratios.items()
    ]


def coarse(value: Decimal) -> Decimal:
    """A mark as it may be told of schools without names: three digits, no more."""
    if not value:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - DIGITS + 1), rounding=ROUND_HALF_UP)


def _place(row: Spread | None, name: str, own: Decimal | None, rank: int | None, *, named: bool) -> Place:
    if row is None or row.schools < FEWEST:
        return Place(name, row.schools if row else 0)
    quarter = None if own is None else 1 + sum(own > mark for mark in (row.lower, row.median, row.upper))
    if named:
        return Place(name, row.schools, marks_of(row, name, own), quarter, rank)
    marks = Marks(name, row.schools, coarse(row.lower), coarse(row.median), coarse(row.upper), mine=own)
    return Place(name, row.schools, marks, quarter)


def _ranks(filing: Filing, own: Mapping[str, Decimal | None]) -> dict[tuple[str, str], int]:
    """How many stand below, among the school's type and among all, plus one. One query."""
    counted = Filing.objects.filter(call=filing.call, counted__isnull=False).values("counted")
    below = Q()
    for code, value in own.items():
        if value is not None:
            below |= Q(indicator=code, value__lt=value)
    rows = (
        Figure.objects.filter(below, filing_version__in=counted).annotate(kind=F("filing_version__filing__school__type"))
        .values("indicator", "kind").annotate(n=Count("pk")).order_by()
    )  # fmt: skip
    found = {
        (group, code): 1
        for code, value in own.items()
        if value is not None
        for group in (filing.school.type, ALL_TYPES)
    }
    for row in rows if below else ():
        for group in {ALL_TYPES, row["kind"]} & {ALL_TYPES, filing.school.type}:
            found[group, row["indicator"]] += row["n"]
    return found

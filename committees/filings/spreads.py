"""Sums by type of school and the spread of ratios: brought up to date in the transaction of an acceptance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Sum

from committees.filings.models import Call, Figure, Filing, Spread, TypeSum

PLACES = Decimal("1E-10")
ALL_TYPES = ""
QUARTERS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


@dataclass(frozen=True)
class Marks:
    """How a group of values lies, as a page may show it: `least` and `most` None where the outermost are not told, `mine`
    one's own value among them."""

    name: str
    count: int
    lower: Decimal
    median: Decimal
    upper: Decimal
    least: Decimal | None = None
    most: Decimal | None = None
    mine: Decimal | None = None


def marks_of(row: Spread, name: str, mine: Decimal | None = None) -> Marks:
    """All that is known of a spread."""
    return Marks(name, row.schools, row.lower, row.median, row.upper, row.least, row.most, mine)


def quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The value below which `share` (0 to 1) of the ordered values lie, in proportion between two of them (as a
    spreadsheet's QUARTILE), to ten places. Raises ValueError for none."""
    if not ordered:
        raise ValueError("no values, no marks")
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return (ordered[below] + (ordered[above] - ordered[below]) * (place - below)).quantize(PLACES)


def type_sums_of(call: Call) -> list[TypeSum]:
    """The sums by type from the versions that count, computed anew (not saved). One query."""
    counted = Filing.objects.filter(call=call, counted__isnull=False).values("counted")
    grouped = (
        Figure.objects.filter(filing_version__in=counted, adds_up=True, value__isnull=False)
        .annotate(school_type=F("filing_version__filing__school__type"))
        .values("indicator", "unit", "basis", "school_type").annotate(total=Sum("value"), schools=Count("pk")).order_by()
    )  # fmt: skip
    return [TypeSum(call=call, **group) for group in grouped]


def spreads_of(call: Call) -> list[Spread]:
    """The spreads of a call's ratios, of each type and of all, computed anew (not saved). One query."""
    counted = Filing.objects.filter(call=call, counted__isnull=False).values("counted")
    rows = Figure.objects.filter(filing_version__in=counted, adds_up=False, value__isnull=False).values_list(
        "indicator", "unit", "filing_version__filing__school__type", "value"
    )
    found: dict[tuple[str, str, str], list[Decimal]] = {}
    for code, unit, kind, value in rows:
        assert value is not None  # the filter above
        found.setdefault((ALL_TYPES, code, unit), []).append(value)
        found.setdefault((kind, code, unit), []).append(value)
    return list(_spreads(call, found))


def _spreads(call: Call, found: dict[tuple[str, str, str], list[Decimal]]) -> Iterator[Spread]:
    for (kind, code, unit), values in sorted(found.items()):
        ordered = sorted(values)
        lower, median, upper = (quantile(ordered, share) for share in QUARTERS)
        yield Spread(
            call=call, school_type=kind, indicator=code, unit=unit, schools=len(ordered), least=ordered[0], lower=lower,
            median=median, upper=upper, most=ordered[-1],
        )  # fmt: skip


def roll_up_types(call: Call, at: datetime) -> None:
    """Bring both up to date. The caller holds the lock on the call's row."""
    sums, spreads = type_sums_of(call), spreads_of(call)
    for one in sums:
        one.rolled_at = at
    for other in spreads:
        other.rolled_at = at
    TypeSum.objects.filter(call=call).delete()
    TypeSum.objects.bulk_create(sums)
    Spread.objects.filter(call=call).delete()
    Spread.objects.bulk_create(spreads)

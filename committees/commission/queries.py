"""Named reads of the commission: what is filed, never what is not."""

from dataclasses import dataclass

from django.db.models import QuerySet

from committees.commission.models import Countersignature
from committees.filings.models import Call, Filing
from committees.filings.sealing import canonical, digest


@dataclass(frozen=True)
class Asked:
    """What a person looks for: a period, a kind, a school's code or part of its name, a state."""

    period: str = ""
    kind: str = ""
    school: str = ""


def filed_filings(asked: Asked) -> QuerySet[Filing]:
    """Every filing with a sealed version, the newest period first. What was never filed is not in it: no draft, no start,
    not even that a school was asked."""
    rows = Filing.objects.filter(latest__isnull=False).select_related("school", "call__committee", "latest", "counted")
    if asked.period:
        rows = rows.filter(call__period=asked.period)
    if asked.kind:
        rows = rows.filter(call__kind=asked.kind)
    if asked.school:
        rows = rows.filter(school__name_zh__icontains=asked.school) | rows.filter(school__code__iexact=asked.school)
    return rows.defer("latest__payload", "counted__payload").order_by("-call__period", "school__pinyin", "pk")


def periods_and_kinds() -> tuple[list[str], list[str]]:
    """What there is to choose from among filed returns."""
    filed = Filing.objects.filter(latest__isnull=False).order_by()
    periods = filed.values_list("call__period", flat=True).distinct()
    return sorted(periods, reverse=True), sorted(filed.values_list("call__kind", flat=True).distinct())


def tables() -> QuerySet[Call]:
    """Calls with figures that count, the newest first."""
    counted = Call.objects.filter(filings__counted__isnull=False).distinct().select_related("committee")
    return counted.prefetch_related("countersignatures__by").order_by("-period", "-pk")


def digest_of_table(call: Call) -> tuple[str, int]:
    """SHA-256 over the seals that count and the sums of them, and how many count. Any other figure gives another."""
    counted = call.filings.filter(counted__isnull=False)
    seals = sorted(counted.values_list("counted__number", "counted__version", "counted__seal"))
    sums = [[row.indicator, f"{row.total:f}", row.unit, row.basis, row.schools]
            for row in call.rollups.order_by("indicator")]  # fmt: skip
    told = {"format": "houqin-table-1", "call": call.number, "seals": [list(one) for one in seals], "sums": sums}
    return digest(canonical(told)), len(seals)


@dataclass(frozen=True)
class Standing:
    """Where a table stands: the last countersignature, and whether the figures have changed since."""

    last: Countersignature | None
    changed: bool


def standing_of(call: Call) -> Standing:
    """For the bulletin, its paper and the commission's page."""
    last = call.countersignatures.select_related("by").order_by("-at").first()
    return Standing(last, changed=last is not None and last.digest != digest_of_table(call)[0])

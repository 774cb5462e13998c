"""Named reads of the commission: what is filed, never what is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from committees.commission.models import Countersignature
from committees.filings.models import Call, Filing, RollUp
from committees.filings.sealing import canonical, digest
from committees.filings.slugs import slug_of
from committees.filings.windows_of import shown_state


@dataclass(frozen=True)
class Asked:
    """What a person looks for: a period, a kind, a school's code or part of its name, a state."""

    period: str = ""
    kind: str = ""
    school: str = ""


def asked_in(given: Mapping[str, str]) -> Asked:
    """What an address asks for; without signs that no database stores, cut to a length that somebody would type."""
    words = {name: given.get(name, "").replace("\0", "").strip()[:60] for name in ("period", "kind", "school")}
    return Asked(**words)


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
    return counted.order_by("-period", "-pk")


def digest_of_table(call: Call) -> tuple[str, int]:
    """SHA-256 over the seals that count and the sums of them, and how many count. Any other figure gives another."""
    return digests_of_tables([call])[call.pk]


def digests_of_tables(calls: Sequence[Call]) -> dict[int, tuple[str, int]]:
    """The same of several calls, by their keys. Two queries, however many."""
    seals: dict[int, list[tuple[str, int, str]]] = {call.pk: [] for call in calls}
    counted = Filing.objects.filter(call__in=calls, counted__isnull=False)
    for call_id, number, version, seal in counted.values_list(
        "call", "counted__number", "counted__version", "counted__seal"
    ):
        seals[call_id].append((number, version, seal))
    sums: dict[int, list[list[str | int]]] = {call.pk: [] for call in calls}
    for row in RollUp.objects.filter(call__in=calls).order_by("indicator"):
        sums[row.call_id].append([row.indicator, f"{row.total:f}", row.unit, row.basis, row.schools])
    return {call.pk: _digested(call, seals[call.pk], sums[call.pk]) for call in calls}


def _digested(call: Call, seals: list[tuple[str, int, str]], sums: list[list[str | int]]) -> tuple[str, int]:
    told = {
        "format": "houqin-table-1",
        "call": call.number,
        "seals": [list(one) for one in sorted(seals)],
        "sums": sums,
    }
    return digest(canonical(told)), len(seals)


@dataclass(frozen=True)
class Standing:
    """Where a table stands: the last countersignature, and whether the figures have changed since."""

    last: Countersignature | None
    changed: bool


@dataclass(frozen=True)
class Table:
    """One line of the commission's list: a call, its address, where it stands, the digest of its figures, how many count."""

    call: Call
    slug: str
    standing: Standing
    digest: str
    counted: int


def standing_of(call: Call) -> Standing:
    """For the bulletin and its paper."""
    return tables_stand([call])[0].standing


def tables_stand(calls: Sequence[Call]) -> list[Table]:
    """Some tables as the commission's list shows them. Three queries, however many."""
    digests = digests_of_tables(calls)
    signed = Countersignature.objects.filter(call__in=calls).select_related("by").order_by("at", "pk")
    last = {row.call_id: row for row in signed}
    return [_table(call, last.get(call.pk), *digests[call.pk]) for call in calls]


def _table(call: Call, last: Countersignature | None, now: str, counted: int) -> Table:
    return Table(call, slug_of(call.number), Standing(last, last is not None and last.digest != now), now, counted)


def told_of(filing: Filing) -> str:
    """What a filed return shows to the commission (a key of windows_of.SHOWN): how far a school has come with a version
    that it has not filed is not told."""
    counts = filing.counted_id is not None
    return shown_state(filing.state, date.min, date.max, date.min, counts=counts, only_filed=True)

"""Calls that have a bulletin, and how few filings hold one back. No writes."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from committees.energy.layouts import KINDS
from committees.filings.flows import EXEMPT
from committees.filings.models import Call, Disclosure, Figure, Filing
from committees.filings.slugs import number_of

#: Where schools are not named, totals over fewer filings than this would tell a single one.
FEWEST = 3


def published_calls() -> QuerySet[Call]:
    """Calls with a bulletin: open or closed, and something accepted. Newest period first. `accepted` and `addressed` say
    how many filings count and how many were asked for."""
    filings = Filing.objects.filter(call=OuterRef("pk"))
    calls = Call.objects.filter(kind__in=KINDS, state__in=("opened", "closed")).select_related("committee", "form")
    return (
        calls.filter(Exists(filings.filter(counted__isnull=False)))
        .annotate(accepted=_count(Q(counted__isnull=False)), addressed=_count(~Q(state__in=EXEMPT)))
        .order_by("-period", "-pk")
    )


def _count(which: Q) -> Coalesce:
    """How many of a call's filings are such; counted for the rows that are read, not for all calls there are."""
    rows = Filing.objects.filter(which, call=OuterRef("pk")).order_by().values("call").annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n")), Value(0))


def published_call(slug: str) -> Call | None:
    """The call whose bulletin stands at this address."""
    number = number_of(slug)
    return published_calls().filter(number=number).first() if number else None


def is_held_back(call: Call, *, everything: bool = False) -> bool:
    """Whether a call from `published_calls` shows nothing yet: few filings, and schools that are not named."""
    few: bool = call.accepted < FEWEST  # type: ignore[attr-defined]
    return few and call.disclosure != Disclosure.NAMED and not everything


def filings_behind(call: Call) -> QuerySet[Filing]:
    """The filings that count, in pinyin order of their schools; without payloads."""
    counted = call.filings.filter(counted__isnull=False).select_related("school", "counted")
    return counted.defer("counted__payload").order_by("school__pinyin", "pk")


def values_of(filings: Iterable[Filing], codes: Iterable[str]) -> dict[int, dict[str, Decimal | None]]:
    """Figures of the counted versions of these filings: version -> code -> value. One query."""
    found: dict[int, dict[str, Decimal | None]] = {}
    versions = [filing.counted_id for filing in filings]
    rows = Figure.objects.filter(filing_version__in=versions, indicator__in=list(codes))
    for version, code, value in rows.values_list("filing_version_id", "indicator", "value"):
        found.setdefault(version, {})[code] = value
    return found


def coefficients_of(call: Call) -> list[str]:
    """The versions of the coefficients that what counts was computed with."""
    used = call.filings.filter(counted__isnull=False).exclude(counted__coefficients="")
    return list(used.order_by("counted__coefficients").values_list("counted__coefficients", flat=True).distinct())

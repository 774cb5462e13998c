"""Figures and the association's sums: rolled up at the moment a version is accepted, not when they are looked at."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Sum

from committees.filings.answers import FigureDraft
from committees.filings.models import Call, Figure, Filing, FilingVersion, RollUp


class MixedBases(ValueError):
    """Figures of different basis or unit were about to be added up."""


def write_figures(version: FilingVersion, drafts: Iterable[FigureDraft], call: Call) -> list[Figure]:
    """Keep the figures of an accepted version."""
    rows = [
        Figure(
            filing_version=version, call=call, indicator=draft.indicator, value=draft.value, unit=draft.unit,
            basis=draft.basis, adds_up=draft.adds_up,
        )
        for draft in drafts
    ]  # fmt: skip
    return Figure.objects.bulk_create(rows)


def sums_of(call: Call) -> list[RollUp]:
    """The sums of a call from its counted versions, computed anew (not saved). Raises MixedBases."""
    counted = Filing.objects.filter(call=call, counted__isnull=False).values("counted")
    grouped = (
        Figure.objects.filter(filing_version__in=counted, adds_up=True, value__isnull=False)
        .values("indicator", "unit", "basis")
        .annotate(total=Sum(F("value")), schools=Count("pk"))
        .order_by("indicator")
    )
    seen: dict[str, RollUp] = {}
    for group in grouped:
        if group["indicator"] in seen:
            raise MixedBases(f"{group['indicator']}: more than one unit or basis in call {call.number}")
        seen[group["indicator"]] = RollUp(call=call, **group)
    return list(seen.values())


def roll_up(call: Call, at: datetime) -> None:
    """Bring the sums of a call up to date. The caller holds the lock on the call's row, so that two acceptances wait."""
    rows = sums_of(call)
    for row in rows:
        row.rolled_at = at
    # A correction may leave nothing to add up for an indicator.
    RollUp.objects.filter(call=call).exclude(indicator__in=[row.indicator for row in rows]).delete()
    RollUp.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["call", "indicator"],
        update_fields=["unit", "basis", "total", "schools", "rolled_at"],
    )

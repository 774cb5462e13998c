"""What was published before a correction: the old figure with the day until which it stood. No writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from committees.filings.models import Call
from committees.workflow.models import Trail


@dataclass(frozen=True)
class Former:
    """A figure as it was published until a correction was accepted. `version` is the one it came from (0: a sum)."""

    code: str
    value: Decimal | None
    until: datetime
    version: int = 0


def former_figures(trails: Iterable[Trail]) -> list[Former]:
    """The replaced figures of one filing, from its moves; the latest first."""
    found = [
        Former(code, None if old is None else Decimal(old), trail.at, trail.facts["replaces"])
        for trail in trails
        if trail.move == "accept" and trail.facts.get("replaces")
        for code, (old, _new) in trail.facts["figures"].items()
    ]
    return sorted(found, key=lambda one: one.until, reverse=True)


def former_sums(call: Call, codes: Sequence[str]) -> list[Former]:
    """The association's replaced sums of a call, the latest first. One query."""
    trails = Trail.objects.filter(
        move="accept", facts__has_key="replaces", subject__in=call.filings.values("public_id")
    ).order_by("-at")
    return [
        Former(code, None if old is None else Decimal(old), trail.at)
        for trail in trails
        for code, (old, _new) in trail.facts["sums"].items()
        if code in codes
    ]

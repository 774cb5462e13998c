"""Whether a sealed version came after its day: read from the moves that filed it, so that it never changes. No writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from committees.filings.flows import FILING_MOVES
from committees.filings.models import Filing
from committees.filings.queries import history_of
from committees.workflow.models import Trail
from tenants.clock import local_day


@dataclass(frozen=True)
class Lateness:
    """When what a version stands for was due and when it came. An answer to questions and a correction keep the day on
    which the return first came: neither is late by itself."""

    due_on: date
    came_on: date

    @property
    def late(self) -> bool:
        """Whether it came after its day."""
        return self.came_on > self.due_on


def lateness_in(trails: Iterable[Trail]) -> dict[int, Lateness]:
    """The lateness of every version whose filing says its day (older ones do not), from a case's moves in their order."""
    found: dict[int, Lateness] = {}
    first: Trail | None = None
    counts = False
    for trail in trails:
        if trail.move in FILING_MOVES:
            first = first or trail
            if "due_on" in first.facts:
                due_on = date.fromisoformat(first.facts["due_on"])
                found[trail.facts["version"]] = Lateness(due_on, local_day(first.at))
        elif trail.move == "reopen" or (trail.move == "withdraw" and not counts):
            first = None
        counts = counts or trail.move == "accept"
    return found


def lateness_of(filing: Filing) -> dict[int, Lateness]:
    """The same for one filing. One query."""
    return lateness_in(history_of(filing))

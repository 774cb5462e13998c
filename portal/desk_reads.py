"""Reads behind the desk 待办: what waits for a person, over all rooms and hosts, and what was done lately."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from committees.notices.queries import unread_rows
from committees.roster.queries import audiences_of
from committees.workflow.models import DeskEntry
from tenants.clock import local_day, request_time

#: A desk never lists more than this; nobody reads on.
MOST_ENTRIES = 200
LATELY = timedelta(days=14)
#: Marks the row of the unread notices among the rows of rooms.
_BELL = "-"


@dataclass(frozen=True)
class Waiting:
    """How much waits, by (school's row or None for the association, room)."""

    audiences: tuple[str, ...] = ()
    counts: dict[tuple[int | None, str], int] = field(default_factory=dict)
    unread: int = 0

    @property
    def total(self) -> int:
        """Everything, everywhere."""
        return sum(self.counts.values())

    def in_school(self, school: int, room: str) -> int:
        """What waits in one room of one school."""
        return self.counts.get((school, room), 0)

    def at_association(self, room: str) -> int:
        """What waits in one committee's room."""
        return self.counts.get((None, room), 0)

    @property
    def stands_at_association(self) -> bool:
        """Whether the person has a seat or a post there."""
        return any(audience.startswith(("committee:", "association:")) for audience in self.audiences)


def waiting_for(request: HttpRequest) -> Waiting:
    """What waits for the person of this request; four queries, once a request."""
    found: Waiting | None = getattr(request, "_waiting", None)
    if found is None:
        audiences = tuple(audiences_of(request.user, local_day(request_time(request))))  # type: ignore[arg-type]
        due = open_entries(audiences).order_by().values("school", "room").annotate(n=Count("subject", distinct=True))
        rows = due.values_list("school", "room", "n").union(unread_rows(request.user, _BELL), all=True)  # type: ignore[arg-type]
        counts: dict[tuple[int | None, str], int] = {(school, room): n for school, room, n in rows}
        found = Waiting(audiences, counts, unread=counts.pop((None, _BELL), 0))
        request._waiting = found  # type: ignore[attr-defined]
    return found


def open_entries(audiences: tuple[str, ...]) -> QuerySet[DeskEntry]:
    """What is due for these audiences, the most urgent first."""
    entries = DeskEntry.objects.filter(audience__in=audiences, done_at__isnull=True)
    return entries.select_related("school").order_by("due_on", "created_at", "pk")


def done_entries(audiences: tuple[str, ...], since: datetime) -> QuerySet[DeskEntry]:
    """What left these audiences' desks since a moment, the latest first."""
    entries = DeskEntry.objects.filter(audience__in=audiences, done_at__gte=since)
    return entries.select_related("school").order_by("-done_at", "pk")


def one_each(entries: list[DeskEntry]) -> list[DeskEntry]:
    """One entry a case: who is head and clerk, or chair and officer, sees it once."""
    seen: dict[Any, DeskEntry] = {}
    for entry in entries:
        seen.setdefault(entry.subject, entry)
    return list(seen.values())

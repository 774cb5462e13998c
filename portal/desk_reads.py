"""Reads behind the desk 待办: what waits for a person over all hosts, what was put off, what others have, what was done."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest

from committees.filings.models import Filing
from committees.notices.models import Snooze
from committees.notices.queries import unread_rows
from committees.roster.queries import audiences_of
from committees.workflow.models import DeskEntry
from tenants.clock import local_day, request_time
from tenants.models import User

#: A desk never lists more than this; nobody reads on.
MOST_ENTRIES = 200
MOST_WITH_OTHERS = 20
LATELY = timedelta(days=14)
#: Marks the row of the unread notices among the rows of rooms.
_BELL = "-"
_WITH_COMMITTEE = ("filed", "taken_up", "none_said", "correction_asked")


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
        today = local_day(request_time(request))
        audiences = tuple(audiences_of(request.user, today))  # type: ignore[arg-type]
        due = on_the_desk(open_entries(audiences, today), request.user, today).order_by().values("school", "room")  # type: ignore[arg-type]
        rows = due.annotate(n=Count("subject", distinct=True)).values_list("school", "room", "n")
        counts: dict[tuple[int | None, str], int] = {
            (school, room): n
            for school, room, n in rows.union(unread_rows(request.user, _BELL), all=True)  # type: ignore[arg-type]
        }
        found = Waiting(audiences, counts, unread=counts.pop((None, _BELL), 0))
        request._waiting = found  # type: ignore[attr-defined]
    return found


def open_entries(audiences: tuple[str, ...], today: date) -> QuerySet[DeskEntry]:
    """What is due for these audiences, the most urgent first: overdue and today, then what was sent back however far its
    day is, then by the day."""
    urgency = Case(When(due_on__lte=today, then=Value(0)), When(verb="answer", then=Value(1)), default=Value(2))
    entries = DeskEntry.objects.filter(audience__in=audiences, done_at__isnull=True)
    return entries.select_related("school").order_by(urgency, "due_on", "created_at", "pk")


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


def on_the_desk(entries: QuerySet[DeskEntry], person: User, today: date) -> QuerySet[DeskEntry]:
    """The entries a person has not put off: what `is_put_off` says of one, asked of the database."""
    off = Snooze.objects.filter(
        person=person, until__gt=today, subject=OuterRef("subject"), at__gte=OuterRef("created_at")
    )
    return entries.exclude(Exists(off))


def snoozes_of(person: User, today: date) -> dict[UUID, Snooze]:
    """What a person has put off beyond today, by subject."""
    return {row.subject: row for row in Snooze.objects.filter(person=person, until__gt=today)}


def is_put_off(entry: DeskEntry, snoozes: dict[UUID, Snooze]) -> bool:
    """Whether an entry was put off: it comes back on its day, and at once when the thing has moved since."""
    row = snoozes.get(entry.subject)
    return row is not None and entry.created_at <= row.at


def with_others(audiences: tuple[str, ...]) -> list[Filing]:
    """What this person's side has handed on and waits for: with the committee, with the head, or sent back to a school.
    One query; the longest waiting first."""
    parts = [audience.split(":") for audience in audiences]
    schools = {int(part[1]) for part in parts if part[0] == "school"}
    headed = {int(part[1]) for part in parts if part[0] == "school" and part[2] == "head"}
    seated = {part[1] for part in parts if part[0] == "committee" and part[2] == "officer"}
    asked = Q(school__in=schools, state__in=_WITH_COMMITTEE) | Q(
        school__in=schools - headed, state="approval_requested"
    )
    asked |= Q(call__committee__code__in=seated, state="returned")
    rows = Filing.objects.filter(asked, call__state__in=("opened", "closed")).select_related(
        "call__committee", "school"
    )
    return list(rows.order_by("state_since", "pk")[: MOST_WITH_OTHERS + 1])

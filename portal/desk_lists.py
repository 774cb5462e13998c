"""The lists of the desk: tasks in groups, what was lit lately, work that came back with its reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from committees.calendar.workdays import Overrides, due_windows
from committees.filings.flows import FILING_FLOW
from committees.filings.models import Decision, DecisionKind, Filing
from committees.filings.presenting import full_names
from committees.workflow.models import DeskEntry
from portal.days import language, written
from portal.desk_reads import Waiting
from tenants.models import User

Text = str | Promise
MOST_LIT, MOST_RETURNED = 5, 4
RETURNED_LATELY = timedelta(days=45)
#: What a task says below its title, by the state of the case.
NOTES: dict[str, Text] = {
    "addressed": gettext_lazy("nobody has begun yet"),
    "returned": gettext_lazy("sent back with questions"),
    "approval_requested": gettext_lazy("waits for your approval"),
}


@dataclass(frozen=True)
class Task:
    """One line of the desk. `left`: working days (0 today, below zero overdue), None without a deadline."""

    room: str
    title: str
    state: str
    note: str
    href: str
    action: Text
    plate: str = ""
    left: int | None = None
    due_on: date | None = None
    key: str = ""
    until: date | None = None

    @classmethod
    def of(
        cls,
        entry: DeskEntry,
        case: Filing | None,
        today: date,
        href: str,
        verbs: Mapping[str, Text],
        exceptional: Overrides,
        *,
        named: bool,
        until: date | None = None,
    ) -> "Task":
        """The task of an open entry; `case` is the filing behind it, `named` says whose it is beside it, `until` the day
        until which it was put off."""
        state = case.state if case else entry.tone
        return cls(
            room=entry.room, title=_title(entry), state=state, note=_note(entry, case, named=named), href=href,
            action=verbs.get(entry.verb, pgettext_lazy("link", "Open")), plate=case.call.committee.short if case else "",
            left=_left(today, entry.due_on, exceptional), due_on=entry.due_on, key=str(entry.public_id), until=until,
        )  # fmt: skip

    def is_today(self, today: date) -> bool:
        """Late, or due today."""
        return self.due_on is not None and self.due_on <= today

    def is_this_week(self, today: date) -> bool:
        """Due later this week."""
        return self.due_on is not None and today < self.due_on <= end_of_week(today)

    def is_soon(self, today: date) -> bool:
        """Late, or due before the week ends; work sent back is always soon."""
        return self.is_today(today) or self.is_this_week(today) or self.state == "returned"


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under one heading."""

    title: str
    note: str
    tasks: list[Task]


@dataclass(frozen=True)
class Lit:
    """Something that left the desk: where it stands now, and its number where it has one."""

    room: str
    title: str
    state: str
    note: str
    href: str
    number: str


@dataclass(frozen=True)
class ReturnedWork:
    """A return that came back: whose, when, why, and whether it has been mended."""

    room: str
    plate: str
    at: datetime
    title: str
    reasons: list[tuple[str, str]]
    lit: bool
    outcome: str
    filing: Filing


def end_of_week(today: date) -> date:
    """The Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


def grouped(tasks: list[Task], today: date) -> list[TaskGroup]:
    """Overdue, today, this week, later; what was sent back is this week's whatever its day. Empty groups are left out."""
    kinds: list[tuple[str, list[Task]]] = [
        (_("Overdue"), [task for task in tasks if task.due_on is not None and task.due_on < today]),
        (pgettext("desk", "Today"), [task for task in tasks if task.due_on == today]),
        (_("This week"), [task for task in tasks if task.is_soon(today) and not task.is_today(today)]),
        (_("Later"), [task for task in tasks if not task.is_soon(today)]),
    ]
    return [TaskGroup(title, _items(len(found)), found) for title, found in kinds if found]


def lit_tasks(done: list[DeskEntry], cases: Mapping[Any, Filing], address: Callable[[DeskEntry], str]) -> list[Lit]:
    """The last few cases that left the desk and did not come back to it, one line each."""
    found: dict[Any, Lit] = {}
    for entry in done:
        case = cases.get(entry.subject)
        if case is None or entry.subject in found or case.state in {"addressed", "started", "returned"}:
            continue
        found[entry.subject] = lit_of(entry, case, address(entry))
        if len(found) == MOST_LIT:
            break
    return list(found.values())


def lit_of(entry: DeskEntry, case: Filing, href: str) -> Lit:
    """One thing that left the desk, and where it stands now."""
    label = str(FILING_FLOW.state(case.state).label)
    note = _("%(state)s since %(when)s") % {"state": label, "when": written(case.state_since)}
    return Lit(entry.room, _title(entry), case.state, note, href, case.number or "")


@dataclass(frozen=True)
class WithOthers:
    """Something this side has handed on: who has it, since when."""

    room: str
    title: str
    state: str
    note: str
    href: str


def handed_on(cases: list[Filing], address: Callable[[str, Any], str], schools: set[int]) -> list[WithOthers]:
    """What waits for others, one line each; `schools`: in which the person holds a post (the others are a committee's)."""
    return [_with_others(case, address, own=case.school_id in schools) for case in cases]


def _with_others(case: Filing, address: Callable[[str, Any], str], *, own: bool) -> WithOthers:
    call, since = case.call, written(case.state_since)
    if own:
        who = _("the head") if case.state == "approval_requested" else call.committee.name
        title, href = call.title, address(f"/filings/{case.public_id}/", case.school)
    else:
        who, title = case.school.name, f"{case.school.name}{pgettext('between a name and a title', ': ')}{call.title}"
        href = address(f"/committees/{call.committee.code}/filings/{case.public_id}/", None)
    note = _("with %(who)s since %(when)s") % {"who": who, "when": since}
    return WithOthers(call.committee.room, title, case.state, note, href)


def returned_works(user: User, waiting: Waiting, today: date) -> list[ReturnedWork]:
    """Returns of the person's schools that a committee sent back lately, the latest first; three queries at most."""
    schools = {int(name.split(":")[1]) for name in waiting.audiences if name.startswith("school:")}
    if not schools:
        return []
    rows = (
        Decision.objects.filter(kind=DecisionKind.RETURNED, filing_version__filing__school__in=schools)
        .filter(Q(at__date__gte=today - RETURNED_LATELY) | Q(filing_version__filing__state="returned"))
        .select_related("filing_version__filing__call__committee", "filing_version__filing__school",
                        "filing_version__form")
        .prefetch_related("items").order_by("-at")[:MOST_RETURNED]
    )  # fmt: skip
    return [_returned(row) for row in rows]


def _returned(row: Decision) -> ReturnedWork:
    filing = row.filing_version.filing
    call = filing.call
    names = full_names(row.filing_version.form.form())
    reasons = [(names.get(item.indicator, item.indicator), item.reason) for item in row.items.all()]
    lit = filing.latest_id != row.filing_version_id
    outcome = FILING_FLOW.state(filing.state).label
    return ReturnedWork(
        room=call.committee.room, plate=call.committee.short, at=row.at, title=call.title, reasons=reasons, lit=lit,
        outcome=_("Mended, now: %(state)s") % {"state": outcome} if lit else _("Yours to mend"), filing=filing,
    )  # fmt: skip


def _note(entry: DeskEntry, case: Filing | None, *, named: bool) -> str:
    note = str(NOTES.get(case.state, "")) if case else ""
    place = entry.school.name if entry.school and named else ""
    return " · ".join(part for part in (place, note) if part)


def _title(entry: DeskEntry) -> str:
    return entry.title_zh if language() == "zh" else entry.title_en


def _left(today: date, due_on: date | None, exceptional: Overrides) -> int | None:
    if due_on is None:
        return None
    windows = due_windows(today, due_on, exceptional)
    return -max(windows.overdue, 1) if windows.is_late else windows.remaining


def _items(count: int) -> str:
    return ngettext("%(count)s item", "%(count)s items", count) % {"count": count}

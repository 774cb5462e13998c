"""What a school's pages read: its own filings, the list with its filters, the draft as a sheet."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from committees.calendar.workdays import Overrides, due_windows
from committees.filings.answers import Answer, Finding
from committees.filings.drafts import answer_in, answer_of_draft, draft_of, findings_in, form_of
from committees.filings.flows import FILING_FLOW
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Draft, Filing
from committees.filings.queries import questions_of
from committees.filings.sheets import Layout, Sheet
from tenants.models import School

#: What the list offers to sort by: key of the address -> order.
ORDERS = {
    "due": ("duty__due_on", "-call__period", "pk"),
    "period": ("call__period", "duty__due_on", "pk"),
    "state": ("state", "duty__due_on", "pk"),
    "title": ("call__title_zh", "-call__period", "pk"),
}
OPEN_STATES = ("addressed", "started", "approval_requested", "returned")


def filing_of(school: School, public_id: UUID) -> Filing:
    """A school's own filing under a call that was opened; any other id is unknown here (404)."""
    found = filings_of(school).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def filings_of(school: School) -> QuerySet[Filing]:
    """All filings of a school whose calls were opened."""
    return (
        Filing.objects.filter(school=school).exclude(call__state="drafted")
        .select_related("school", "call__committee", "call__form", "duty", "latest", "counted")
    )  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What a person looks for in the list: a text, a state, a period, a room, an order."""

    text: str = ""
    state: str = ""
    period: str = ""
    room: str = ""
    sort: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.state or self.period or self.room)


def listed(school: School, wanted: Wanted) -> QuerySet[Filing]:
    """The school's filings as wanted; what is open and due first when no order is named."""
    found = filings_of(school)
    if wanted.text:
        text = wanted.text.strip()
        found = found.filter(
            Q(call__title_zh__icontains=text) | Q(call__title_en__icontains=text) | Q(number__icontains=text)
            | Q(call__number__icontains=text)
        )  # fmt: skip
    if wanted.state:
        found = found.filter(state__in=OPEN_STATES) if wanted.state == "open" else found.filter(state=wanted.state)
    if wanted.period:
        found = found.filter(call__period=wanted.period)
    if wanted.room:
        found = found.filter(call__committee__room=wanted.room)
    return found.order_by(*_order(wanted.sort))


def _order(sort: str) -> tuple[str, ...]:
    keys = ORDERS.get(sort.lstrip("-"))
    if keys is None:
        return ("-call__period", "duty__due_on", "pk")
    if not sort.startswith("-"):
        return keys
    first = keys[0]
    return (first.removeprefix("-") if first.startswith("-") else f"-{first}", *keys[1:])


def tallies(school: School) -> list[tuple[str, int]]:
    """(state, how many), in the order of the flow, states that occur only."""
    rows = Filing.objects.filter(school=school).exclude(call__state="drafted").order_by().values("state")
    counts = {row["state"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    return [(state.name, counts[state.name]) for state in FILING_FLOW.states if state.name in counts]


def choices_of(school: School) -> tuple[list[str], dict[str, str]]:
    """(periods, rooms with the committee's short name) that occur in the list."""
    rows = (
        Filing.objects.filter(school=school).exclude(call__state="drafted").order_by()
        .values("call__period", "call__committee__room", "call__committee__short_zh", "call__committee__short_en")
        .distinct()
    )  # fmt: skip
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    rooms = {row["call__committee__room"]: row for row in found}
    return sorted({row["call__period"] for row in found}, reverse=True), {
        room: str(_short(row)) for room, row in rooms.items()
    }


def _short(row: dict[str, Any]) -> str:
    from django.utils.translation import get_language

    key = "short_en" if (get_language() or "").startswith("en") else "short_zh"
    return str(row[f"call__committee__{key}"])


@dataclass(frozen=True)
class Work:
    """A draft as it stands, with everything that is found in it."""

    filing: Filing
    kind: Kind
    draft: Draft | None
    answer: Answer
    findings: list[Finding]
    questions: dict[str, str]
    filed: Answer | None

    def sheet(self, *, strict: bool = False) -> Sheet:
        """The draft as sections and rows."""
        return Layout(self.answer, self.findings, self.questions, self.filed, strict).sheet()


def work_on(filing: Filing, draft: Draft | None = None) -> Work:
    """The draft of a filing in its school's books; read inside the school."""
    found = draft or draft_of(filing)
    answer = answer_of_draft(filing, found)
    kind = kind_of(filing.call.kind)
    asked = questions_of(filing) if filing.latest_id else {}
    filed = answer_in(filing.latest, form_of(filing.call)) if filing.latest else None
    return Work(filing, kind, found, answer, findings_in(answer, kind), asked, filed)


def with_draft(work: Work, draft: Draft) -> Work:
    """The same work after its draft was saved; no query."""
    from committees.filings.answers import entry_from

    entries = {code: entry_from(raw) for code, raw in draft.entries.items()}
    answer = Answer(work.answer.form, entries, work.answer.previous, work.answer.files)
    return Work(work.filing, work.kind, draft, answer, findings_in(answer, work.kind), work.questions, work.filed)


def days_left(due_on: date, today: date, exceptional: Overrides) -> int:
    """Working days left (0: today), below zero when overdue, as the deadline's component counts."""
    windows = due_windows(today, due_on, exceptional)
    return -max(windows.overdue, 1) if windows.is_late else windows.remaining

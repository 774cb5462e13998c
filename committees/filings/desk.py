"""What stands on whose desk after each move of a call or a filing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import override

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays
from committees.filings.approvals import deputies_on
from committees.filings.flows import FILING_FLOW
from committees.filings.models import Call, Filing
from committees.workflow.models import DeskEntry, Trail
from tenants.clock import local_day

#: state -> (whose desk, verb shown on the button)
_SCHOOL = {
    "addressed": ("clerk", "start"),
    "started": ("clerk", "prepare"),
    "returned": ("clerk", "answer"),
    "approval_requested": ("head", "approve"),
}
_COMMITTEE = dict.fromkeys(("filed", "taken_up", "none_said", "correction_asked"), ("officer", "check"))
#: A committee looks at what lies with it within so many working days; the school's own due day is not its concern.
CHECK_WORKDAYS = 5


def call_desk(call: Any, trail: Trail) -> list[DeskEntry]:
    """A call itself lies on nobody's desk, its filings do; but one that the commission issues too waits for the one, then
    for the other."""
    waits = {
        "proposed": ("association:commission", "agree", "commission/"),
        "agreed": (f"committee:{call.committee.code}:officer", "open", ""),
    }.get(call.state)
    if waits is None:
        return []
    audience, verb, page = waits
    return [
        DeskEntry(
            audience=audience, room=call.committee.room, subject=call.subject, verb=verb,
            path=f"/committees/{call.committee.code}/calls/{call.public_id}/{page}", title_zh=call.title_zh[:200],
            title_en=call.title_en[:200], tone="todo", due_on=call.opens_on, created_at=trail.at,
        )
    ]  # fmt: skip


def series_desk(series: Any, trail: Trail) -> list[DeskEntry]:
    """A series works by itself."""
    return []


def filing_desk(filing: Filing, trail: Trail) -> list[DeskEntry]:
    """The open entries of a filing: with the clerk, the head and who stands in for the head, or the committee."""
    entries = desk_entries(filing, filing.call, trail.at)
    return [*entries, *entries_of_deputies(entries, filing, trail.at)]


def entries_of_deputies(entries: Iterable[DeskEntry], filing: Filing, at: datetime) -> list[DeskEntry]:
    """The head's entries once more, for each person who stands in for a head of the school at this moment."""
    with_head = [entry for entry in entries if entry.audience.endswith(":head")]
    people = {row.deputy_id for row in deputies_on(filing.school, local_day(at))} if with_head else set()
    return [entry_for(entry, person) for entry in with_head for person in sorted(people)]


def entry_for(entry: DeskEntry, person: int) -> DeskEntry:
    """A copy of an entry on one person's desk, not saved."""
    fields = {
        name: getattr(entry, name)
        for name in (
            "room",
            "subject",
            "verb",
            "title_zh",
            "title_en",
            "school_id",
            "path",
            "tone",
            "due_on",
            "created_at",
        )
    }
    return DeskEntry(audience=f"user:{person}", **fields)


def talk_subject(filing: Filing) -> UUID:
    """Under what subject the messages beside a filing stand on desks."""
    return uuid5(filing.public_id, "talk")


def message_entry(filing: Filing, side: str, at: datetime) -> DeskEntry:
    """What a message puts on the other side's desk, not saved; one entry a filing and side, found by its subject."""
    to_school = side == "committee"
    code = filing.call.committee.code
    path = f"/filings/{filing.public_id}/talk/"
    titles = [_title(filing.call.title_zh, "" if to_school else filing.school.name_zh, "zh-hans"),
              _title(filing.call.title_en, "" if to_school else filing.school.name_en, "en")]  # fmt: skip
    return DeskEntry(
        audience=f"school:{filing.school_id}:clerk" if to_school else f"committee:{code}:officer",
        room=filing.call.committee.room, subject=talk_subject(filing), verb="reply",
        school=filing.school if to_school else None, path=path if to_school else f"/committees/{code}{path}",
        title_zh=titles[0], title_en=titles[1], tone="todo", due_on=_check_by(at), created_at=at,
    )  # fmt: skip


def desk_entries(filing: Filing, call: Call, at: datetime) -> list[DeskEntry]:
    """The same, for filings that have not moved yet (a call just opened)."""
    state = FILING_FLOW.state(filing.state)
    if filing.state in _SCHOOL:
        role, verb = _SCHOOL[filing.state]
        audience, path, school = f"school:{filing.school_id}:{role}", f"/filings/{filing.public_id}/", filing.school
    elif filing.state in _COMMITTEE:
        seat, verb = _COMMITTEE[filing.state]
        audience, school = f"committee:{call.committee.code}:{seat}", None
        path = f"/committees/{call.committee.code}/filings/{filing.public_id}/"
    else:
        return []
    names = (filing.school.name_zh, filing.school.name_en) if school is None else ("", "")
    return [
        DeskEntry(
            audience=audience, room=call.committee.room, subject=filing.subject, verb=verb, school=school, path=path,
            title_zh=_title(call.title_zh, names[0], "zh-hans"), title_en=_title(call.title_en, names[1], "en"),
            tone=str(state.tone), due_on=filing.duty.due_on if school else _check_by(at), created_at=at,
        )
    ]  # fmt: skip


def _check_by(at: datetime) -> date:
    return add_workdays(local_day(at), CHECK_WORKDAYS, load_overrides())


def _title(title: str, school: str, language: str) -> str:
    with override(language):
        joint = "：" if language == "zh-hans" else ": "
        return f"{school}{joint}{title}"[:200] if school else title[:200]

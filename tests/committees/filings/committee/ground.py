"""Calls and filings for the tests of the committee's and the public's pages."""

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from committees.filings import actions
from committees.filings.answers import Entry
from committees.filings.models import Call, Disclosure, Filing, FormVersion
from committees.roster.models import Committee
from tenants.context import school_scope
from tenants.models import School, SchoolRole, User
from tests.committees.filings.core.ground import VALUES
from tests.factories.people import make_school, make_user, member
from tests.ground.cast import Cast

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DUE = date(2026, 3, 31)
_numbers = itertools.count(1)


def make_call(cast: Cast, schools: list[School], **changes: Any) -> Call:
    """An open call on the primary-energy form, named unless told otherwise."""
    words: dict[str, Any] = {
        "kind": "energy-primary", "form": FormVersion.objects.get(code="energy-primary"), "period": "2025",
        "title_zh": "2025年度一次能源口径年报", "title_en": "Primary energy 2025", "opens_on": date(2026, 3, 1), "due_on": DUE,
        "disclosure": Disclosure.NAMED, "committee": cast.committee, "by": cast["officer"], "at": AT,
    }  # fmt: skip
    call = actions.draft_call(**{**words, **changes})
    if schools:
        actions.open_call(call=call, schools=schools, by=cast["officer"], at=AT)
    return call


def people_of(cast: Cast, school: School) -> dict[str, User]:
    """A clerk and a head for a school, and the officer, by account."""
    known = {cast.school_a.pk: ("clerk_a", "head_a"), cast.school_b.pk: ("clerk_b", "head_b")}
    if school.pk in known:
        clerk, head = (cast[key] for key in known[school.pk])
    else:
        clerk, head = member(school, SchoolRole.CLERK), member(school, SchoolRole.HEAD)
    return {f"{school.code}-clerk": clerk, f"{school.code}-head": head, "officer": cast["officer"]}


STAGES = ("addressed", "started", "approval_requested", "filed", "taken_up", "returned", "accepted")


def bring(cast: Cast, call: Call, school: School, stage: str, at: datetime = AT, **values: Any) -> Filing:
    """Bring a school's filing of a call as far as `stage`; `values` replace those of the usual answer. Each value carries
    a note, so that no doubt stops it."""
    filing, people, reach = filing_of(call, school), people_of(cast, school), STAGES.index(stage)
    clerk, head = people[f"{school.code}-clerk"], people[f"{school.code}-head"]
    with school_scope(school):
        if reach >= 1:
            actions.start(filing=filing, by=clerk, at=at)
            actions.save_draft(filing=filing, entries=entries_of(**values), revision=None, by=clerk, at=at)
        if reach >= 2:
            actions.request_approval(filing=filing, by=clerk, at=at + timedelta(hours=1))
        if reach >= 3:
            actions.file(filing=filing, by=head, at=at + timedelta(hours=2))
    if reach >= 4:
        actions.take_up(filing=filing, by=cast["officer"], at=at + timedelta(hours=3))
    if stage == "returned":
        items = {"new_energy": "是否漏报？"}
        actions.return_items(filing=filing, items=items, by=cast["officer"], at=at + timedelta(hours=4))
    if stage == "accepted":
        actions.accept(filing=filing, by=cast["officer"], at=at + timedelta(hours=4))
    return filing_of(call, school)


def entries_of(**values: Any) -> dict[str, Entry]:
    """The usual answer with some values replaced (None: left empty)."""
    every = {**VALUES, **values}
    return {
        code: Entry(None if value is None else Decimal(value), source=str(value), note="核对过")
        for code, value in every.items()
    }


def filing_of(call: Call, school: School) -> Filing:
    """The filing of a school, with what the actions ask of it."""
    rows = Filing.objects.select_related("school", "call__committee", "call__form", "duty", "latest", "counted")
    return rows.get(call=call, school=school)


def more_schools(count: int) -> list[School]:
    """Further open schools."""
    return [make_school() for _ in range(count)]


def light_schools(count: int, **fields: Any) -> list[School]:
    """Rows of schools without books of their own: enough for lists, quick to make."""
    rows = []
    for _ in range(count):
        number = next(_numbers)
        rows.append(
            School(
                code=f"light{number}", schema_name=f"s_light{number}", name_zh=f"轻校{number}学院", name_en=f"Light College {number}",
                pinyin=f"qingxiao{number:04d}", state="open", **fields,
            )
        )  # fmt: skip
    for row in rows:
        row.save()
    return rows


def seat(committee: Committee, kind: str, user: User | None = None) -> User:
    """A person with a seat."""
    from committees.roster.models import Seat

    person = user or make_user()
    Seat.objects.create(committee=committee, user=person, kind=kind, starts_on=date(2024, 1, 1))
    return person


def later(days: int = 0, hours: int = 0) -> datetime:
    """Some time after AT."""
    return AT + timedelta(days=days, hours=hours)

"""Writes in the life of a single duty: more time, letting off, “no such item here”, opening again, release."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from committees.filings.models import Filing
from committees.filings.seal_actions import since
from committees.workflow.advance import advance
from committees.workflow.models import Trail
from tenants.clock import local_day
from tenants.models import School, SchoolState, User


def extend(
    *, filing: Filing, due_on: date, reason: str, by: User | None, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Give one school more time, with a reason. The case stays as it is; its desk shows the new day."""

    def effect(locked: Filing, trail: Trail) -> Mapping[str, Any]:
        duty, before = locked.duty, locked.duty.due_on
        duty.due_on, duty.extended_from = due_on, duty.extended_from or before
        duty.save(update_fields=["due_on", "extended_from"])
        return {"due_before": before.isoformat()}

    facts = {"due_on": due_on.isoformat()}
    return advance(filing, "extend", by=by, at=at, version=version, key=key, reason=reason, facts=facts, effect=effect)


def waive(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Let one school off, with a reason: it is no longer missing, and no longer counted among those asked."""
    return _plain("waive", filing, by, at, version, key, reason)


def say_none(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The school says that it has no such item, with a reason; a draft stays in its books."""
    return _plain("say_none", filing, by, at, version, key, reason)


def recall_none(
    *, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The school takes that statement back."""
    return _plain("recall_none", filing, by, at, version, key)


def confirm_none(
    *, filing: Filing, reason: str = "", by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The committee agrees that the school has no such item."""
    return _plain("confirm_none", filing, by, at, version, key, reason)


def decline_none(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The committee asks for the return all the same, with a reason."""
    return _plain("decline_none", filing, by, at, version, key, reason)


def reopen(
    *, filing: Filing, due_on: date, reason: str, by: User, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Make a duty due again that was waived, answered with “none” or refused; with a new day and a reason."""

    def effect(locked: Filing, trail: Trail) -> Mapping[str, Any]:
        since(locked, at)
        locked.filed_on, locked.late = None, False
        duty, before = locked.duty, locked.duty.due_on
        duty.due_on, duty.extended_from, duty.reopened_on = due_on, None, local_day(at)
        duty.save(update_fields=["due_on", "extended_from", "reopened_on"])
        return {"due_before": before.isoformat()}

    facts = {"due_on": due_on.isoformat()}
    return advance(filing, "reopen", by=by, at=at, version=version, key=key, reason=reason, facts=facts, effect=effect)


def release(*, filing: Filing, reason: str, by: User | None, at: datetime) -> Trail:
    """End a duty whose call is cancelled, or whose school has left. What was prepared stays readable in the school."""
    return _plain("release", filing, by, at, None, None, reason)


def release_schools(*, at: datetime) -> int:
    """Release what schools that have left still owe; what they filed is checked as before. Returns how many. Repeating
    it does nothing."""
    owed = Filing.objects.filter(state__in=("addressed", "started", "approval_requested", "returned", "none_said"))
    gone = list(owed.exclude(school__state__in=(SchoolState.OPEN, SchoolState.OPENING)).order_by("pk"))
    with transaction.atomic():
        schools = School.objects.in_bulk({filing.school_id for filing in gone})
        for filing in gone:
            release(filing=filing, reason=str(schools[filing.school_id].get_state_display()), by=None, at=at)
    return len(gone)


def _plain(
    move: str, filing: Filing, by: User | None, at: datetime, version: int | None, key: UUID | None, reason: str = ""
) -> Trail:
    return advance(filing, move, by=by, at=at, version=version, key=key, reason=reason, effect=partial(_stamp, at=at))


def _stamp(filing: Filing, trail: Trail, *, at: datetime) -> None:
    since(filing, at)

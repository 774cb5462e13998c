"""Writes of a correction after acceptance: asked for, granted or declined, ordered, dropped, or not accepted in the end."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from committees.filings.corrections import restore_draft
from committees.filings.models import Decision, DecisionKind, Filing
from committees.workflow.advance import advance
from committees.workflow.models import Trail
from tenants.models import User


def ask_correction(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The school asks to correct what was accepted, with a reason. Nothing changes until the committee has opened it."""
    return _move(filing, "ask_correction", by, at, version, key, reason)


def unask_correction(
    *, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The school takes its request back."""
    return _move(filing, "unask_correction", by, at, version, key)


def grant_correction(
    *, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The committee opens an accepted filing: the school corrects and files anew; until then the old version counts."""
    return _move(filing, "grant_correction", by, at, version, key)


def deny_correction(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The committee declines, with a reason."""
    return _move(filing, "deny_correction", by, at, version, key, reason)


def order_correction(
    *, filing: Filing, items: Mapping[str, str], by: User, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """The committee itself asks for a correction; `items` maps indicator to what is to be corrected."""
    facts = {"items": {code: text.strip() for code, text in items.items()}}

    def effect(locked: Filing, trail: Trail) -> None:
        locked.state_since = at

    return advance(filing, "order_correction", by=by, at=at, version=version, key=key, facts=facts, effect=effect)


def drop_correction(
    *, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The school gives up a correction it had asked for, inside the school; the draft holds again what counts."""

    def effect(locked: Filing, trail: Trail) -> None:
        locked.state_since = at
        restore_draft(locked, by, at)

    return advance(filing, "drop_correction", by=by, at=at, version=version, key=key, effect=effect)


def keep_old(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The committee does not accept a corrected version: the one before goes on counting."""

    def effect(locked: Filing, trail: Trail) -> None:
        locked.state_since = at
        assert locked.latest is not None
        Decision.objects.create(
            filing_version=locked.latest, kind=DecisionKind.REFUSED, reason=reason.strip(), by=by, at=at
        )

    return advance(filing, "keep_old", by=by, at=at, version=version, key=key, reason=reason, effect=effect)


def _move(
    filing: Filing, move: str, by: User, at: datetime, version: int | None, key: UUID | None, reason: str = ""
) -> Trail:
    def effect(locked: Filing, trail: Trail) -> None:
        locked.state_since = at

    return advance(filing, move, by=by, at=at, version=version, key=key, reason=reason, effect=effect)

"""Writes of a call that a committee and the commission issue together: proposed, taken back, agreed to, given back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from committees.filings.call_words import words_of
from committees.filings.models import Call
from committees.workflow.advance import advance
from committees.workflow.models import Trail
from tenants.models import User


def propose_call(*, call: Call, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """Send a draft to the commission; until it is taken back or given back, nobody changes it. Raises MoveRefused."""
    return advance(call, "propose", by=by, at=at, version=version, key=key, effect=_said)


def take_back_call(*, call: Call, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """Make it a draft again, also after the commission has agreed: what it then says needs its agreement anew."""
    return advance(call, "take_back", by=by, at=at, version=version, key=key)


def agree_to_call(*, call: Call, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """The commission puts its name beside the committee's. The words agreed to are written down with the move."""
    return advance(call, "agree", by=by, at=at, version=version, key=key, effect=_said)


def decline_call(
    *, call: Call, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Give it back to the committee, with a reason; it is a draft again."""
    return advance(call, "decline", by=by, at=at, version=version, key=key, reason=reason)


def _said(locked: Call, trail: Trail) -> Mapping[str, Any]:
    return {"words": words_of(locked)}

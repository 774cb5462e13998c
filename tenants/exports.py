"""What leaves the portal as a file goes into the security log: one line an export, or a sealed version, by whom."""

from typing import Any

from django.http import HttpRequest

from tenants.actions.security import record_event
from tenants.clock import request_time
from tenants.models import SecurityAction


def note_export(request: HttpRequest, *, what: str, **facts: Any) -> None:
    """A list was taken out; `what` is a word of tenants/security_words.py."""
    _note(request, SecurityAction.EXPORTED, what, facts)


def note_payload(request: HttpRequest, *, what: str, **facts: Any) -> None:
    """A sealed version or its evidence was taken out by somebody who is signed in; visitors read only what is public."""
    if request.user.is_authenticated:
        _note(request, SecurityAction.PAYLOAD_SENT, what, facts)


def _note(request: HttpRequest, action: SecurityAction, what: str, facts: dict[str, Any]) -> None:
    school = request.school  # type: ignore[attr-defined]
    record_event(action=action, user=request.user, at=request_time(request), school=school, what=what, **facts)

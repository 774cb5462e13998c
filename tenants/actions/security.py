"""Writing the security log."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tenants.models import School, SecurityAction, SecurityEvent, User
from tenants.signin.origin import current_origin


def record_event(
    *,
    action: SecurityAction,
    at: datetime,
    user: User | AnonymousUser | None = None,
    school: School | None = None,
    succeeded: bool = True,
    **facts: Any,
) -> SecurityEvent:
    """Write one line. `facts` are plain values (names, public ids, never a password, a code or a session's key)."""
    origin = current_origin()
    return SecurityEvent.objects.create(
        at=at, action=action, succeeded=succeeded, school=school, host=origin.host, address=origin.address, facts=facts,
        user_id=user.pk if user is not None else None,
    )  # fmt: skip

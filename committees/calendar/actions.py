"""Writes of this room; their history is kept by the table itself."""

from datetime import date, datetime

from committees.calendar.models import WorkdayOverride
from tenants.models import User


def set_workday(*, day: date, is_workday: bool, reason: str, by: User, at: datetime) -> WorkdayOverride:
    """Say that a day is worked, or not. Deadlines counted from now on follow it; those already set stay."""
    row, _made = WorkdayOverride.objects.update_or_create(
        day=day, defaults={"is_workday": is_workday, "reason": reason}
    )
    return row


def clear_workday(*, day: date, by: User, at: datetime) -> bool:
    """Let the published arrangement hold again. Returns whether there was an exception."""
    deleted, _rows = WorkdayOverride.objects.filter(day=day).delete()
    return bool(deleted)

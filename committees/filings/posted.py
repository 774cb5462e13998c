"""What the forms of a committee's pages bring along: the version seen, the key of the page, days, short texts."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest

LONGEST = 1000


def posted_version(request: HttpRequest) -> int | None:
    """The version of the row that the person saw."""
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def posted_key(request: HttpRequest) -> UUID | None:
    """The idempotency key of the page."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def posted_day(request: HttpRequest, field: str = "due_on") -> date | None:
    """A day as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(request.POST.get(field, ""))
    except ValueError:
        return None


def posted_reason(request: HttpRequest) -> str:
    """The reason, cut to a length that a page can show."""
    return request.POST.get("reason", "").strip()[:LONGEST]

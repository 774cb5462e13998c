"""The database's time, read at the edge and handed inward as `at`."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from tenants.connection import connection


def database_now() -> datetime:
    """The database's time of day, with time zone: one clock for all workers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def request_time(request: HttpRequest) -> datetime:
    """The moment of this request: asked from the database once, then the same for everything the request does."""
    at: datetime | None = getattr(request, "_at", None)
    if at is None:
        at = database_now()
        request._at = at  # type: ignore[attr-defined]
    return at


def local_day(at: datetime) -> date:
    """The day of a moment as people here count it (Asia/Shanghai, not UTC): posts, terms and due days mean this."""
    return timezone.localdate(at)


def request_day(request: HttpRequest) -> date:
    """The day of this request in the association's time zone."""
    return local_day(request_time(request))

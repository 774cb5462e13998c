"""Closing days: the one write of daily roots."""

from datetime import datetime

from django.db import connection, transaction

from committees.filings.daily_roots import days_to_close, read_day
from committees.filings.models import DailyRoot


def close_days(*, at: datetime) -> list[DailyRoot]:
    """Close every day that is over, the oldest first; those closed already stay as they are. Safe to repeat."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('filings.dailyroot'))")
        last = DailyRoot.objects.order_by("-day").first()
        previous, made = last.root if last else "", []
        for day in days_to_close(at):
            found = read_day(day, previous)
            made.append(
                DailyRoot.objects.create(
                    day=day, seals=len(found.seals), moves=len(found.moves), previous=previous, root=found.root,
                    closed_at=at,
                )
            )  # fmt: skip
            previous = found.root
    return made

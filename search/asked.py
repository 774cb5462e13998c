"""What was asked for, counted by day and by all together: popular and failed queries, without personal data."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Sum

from search.models import Asked
from search.planning.normal import query_words

KEPT_DAYS = 400
LONGEST = 40
#: Shown only when asked so often: what one person alone types is nobody's business.
LEAST_TIMES = 2
#: Numbers of telephones, identity cards, accounts; addresses of mail; no such query is written down.
_PERSONAL = re.compile(r"\d{7,}|@|\d{3}[- ]\d{4}")


@dataclass(frozen=True)
class AskedFor:
    """A query with how often it was asked and how often nothing was found."""

    text: str
    times: int
    failed: int


def note_asked(text: str, *, found: bool, day: date) -> None:
    """Count a public query. One statement; two at once lose nothing."""
    plain = query_words(text)
    if not plain or len(plain) > LONGEST or _PERSONAL.search(plain):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.search_asked (text, day, times, failed) VALUES (%s, %s, 1, %s) ON CONFLICT (text, day) "
            "DO UPDATE SET times = search_asked.times + 1, failed = search_asked.failed + excluded.failed",
            [plain, day, int(not found)],
        )


def popular(since: date, *, limit: int = 20) -> list[AskedFor]:
    """What is asked for most."""
    return _asked(since, "-times_all", limit)


def failed(since: date, *, limit: int = 20) -> list[AskedFor]:
    """What is asked for and not found, the commonest first."""
    return [each for each in _asked(since, "-failed_all", limit) if each.failed]


def _asked(since: date, order: str, limit: int) -> list[AskedFor]:
    rows = (
        Asked.objects.filter(day__gte=since).values("text").annotate(times_all=Sum("times"), failed_all=Sum("failed"))
    )
    often = rows.filter(times_all__gte=LEAST_TIMES).order_by(order, "text")[:limit]
    return [AskedFor(row["text"], row["times_all"], row["failed_all"]) for row in often]


def forget_old(at: datetime) -> int:
    """Let go of counts older than `KEPT_DAYS`; returns how many rows."""
    return Asked.objects.filter(day__lt=at.date() - timedelta(days=KEPT_DAYS)).delete()[0]

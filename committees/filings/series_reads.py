"""Reads about series: what is planned, what was opened. No writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from committees.calendar.workdays import Overrides
from committees.filings.models import Call, Series
from committees.filings.periods import Dates, dates_of, first_periods
from committees.filings.series_models import Opens
from committees.roster.models import Committee


@dataclass(frozen=True)
class SeriesLine:
    """A series in the list, with the dates of its next call (None: no further one)."""

    series: Series
    next: Dates | None


def planned(series: Series, period: str, overrides: Overrides) -> Dates:
    """When the call of one period opens and is due."""
    return dates_of(
        period, series.every, when_over=series.opens == Opens.AFTER, nth=series.opens_workday,
        days=series.due_workdays, overrides=overrides,
    )  # fmt: skip


def next_dates(series: Series, overrides: Overrides, most: int = 6) -> list[Dates]:
    """The dates of the next few calls; none for a series that has ended."""
    if series.state == "ended":
        return []
    periods = first_periods(series.next_period, series.every, series.last_period, most)
    return [planned(series, period, overrides) for period in periods]


def series_of(committee: Committee) -> QuerySet[Series]:
    """All series of a committee, running ones first."""
    found = Series.objects.filter(committee=committee).annotate(opened=Count("calls"))
    return found.order_by("-state", "pk")  # running, paused, ended


def series_lines(series: Sequence[Series], overrides: Overrides) -> list[SeriesLine]:
    """The lines of the list."""
    return [SeriesLine(one, next(iter(next_dates(one, overrides, 1)), None)) for one in series]


def calls_of(series: Series) -> QuerySet[Call]:
    """The calls that came from it, newest first."""
    return series.calls.select_related("committee").order_by("-opens_on", "-pk")

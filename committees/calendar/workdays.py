"""Counting in working days of the Chinese calendar: pure functions, no database and no clock.

The official arrangement of a year (days off, weekends worked in exchange, 调休) comes from the `holidays` package;
what it does not know yet, or what an association decides for itself, comes in as `overrides`: day -> is a workday.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

Overrides = Mapping[date, bool]

NO_OVERRIDES: Overrides = MappingProxyType({})
SATURDAY = 5
MOST_WINDOWS = 12
LONGEST_SPAN = 40 * 366
"""Days; a span longer than this is a mistyped year, and is refused rather than counted day by day."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """What one year changes against "Monday to Friday": weekdays off, and weekend days worked in exchange."""

    weekdays_off: frozenset[date]
    weekends_worked: frozenset[date]

    @property
    def is_published(self) -> bool:
        """Whether the State Council's arrangement is known. Before it, only the statutory days themselves are."""
        return bool(self.weekends_worked)


@dataclass(frozen=True, slots=True)
class DueWindows:
    """How a deadline stands on one day, counted in working days.

    `remaining`: working days after today up to and including the last day; 0 on the last day itself and afterwards.
    `shown`: how many windows a page draws, at most twelve. `overdue`: working days passed since the last day; it is 0
    on a weekend straight after it although `is_late` is already true.
    """

    remaining: int
    shown: int
    overdue: int
    is_late: bool

    @property
    def is_last_day(self) -> bool:
        return not self.is_late and self.remaining == 0


@lru_cache(maxsize=64)
def read_arrangement(year: int) -> YearArrangement:
    """The arrangement of one year as the installed `holidays` package knows it."""
    known = holidays.country_holidays("CN", years=year)
    return YearArrangement(
        weekdays_off=frozenset(day for day in known if day.year == year and day.weekday() < SATURDAY),
        weekends_worked=frozenset(day for day in known.weekend_workdays if day.year == year),
    )


def is_workday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether people work on this day; an override wins over the published arrangement."""
    decided = overrides.get(day)
    if decided is not None:
        return decided
    arrangement = read_arrangement(day.year)
    if day.weekday() < SATURDAY:
        return day not in arrangement.weekdays_off
    return day in arrangement.weekends_worked


def workdays_between(start: date, end: date, overrides: Overrides = NO_OVERRIDES) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

    So the count from a day to itself is 0, and `add_workdays(day, n)` is exactly n away. Raises ValueError for a
    span of more than forty years.
    """
    if end < start:
        return -workdays_between(end, start, overrides)
    if (end - start).days > LONGEST_SPAN:
        raise ValueError(f"from {start} to {end} is too long to be counted in working days")
    return sum(is_workday(day, overrides) for day in _days_after(start, end))


def add_workdays(day: date, n: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """The n-th working day after `day` (before it for a negative n).

    With n = 0 the day itself, moved on to the next working day when it is not one.
    """
    if n == 0:
        return day if is_workday(day, overrides) else add_workdays(day, 1, overrides)
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_workday(day, overrides)
    return day


def due_windows(today: date, due_on: date, overrides: Overrides = NO_OVERRIDES) -> DueWindows:
    """How a deadline whose last day is `due_on` stands on `today`."""
    distance = workdays_between(today, due_on, overrides)
    remaining = max(distance, 0)
    return DueWindows(
        remaining=remaining,
        shown=min(remaining, MOST_WINDOWS),
        overdue=max(-distance, 0),
        is_late=today > due_on,
    )


def is_settled(year: int, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether the working days of a year are known: published, or entered by hand. Else deadlines may still move."""
    if not 1 <= year <= MAXYEAR:
        raise ValueError(f"{year} is not a year")
    return read_arrangement(year).is_published or any(day.year == year for day in overrides)


def _days_after(start: date, end: date) -> Iterator[date]:
    day = start
    while day < end:
        day += _ONE_DAY
        yield day

"""Months, quarters and years as calls name them (2026, 2026Q1, 2026-03), and the working days of a series in them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from committees.calendar.workdays import Overrides, add_workdays

MONTHS = {"month": 1, "quarter": 3, "year": 12}
PATTERNS = {"year": r"\d{4}", "quarter": r"\d{4}Q[1-4]", "month": r"\d{4}-(0[1-9]|1[0-2])"}


@dataclass(frozen=True)
class Dates:
    """When the call of one period opens and is due, as planned."""

    period: str
    opens_on: date
    due_on: date


def fits(period: str, every: str) -> bool:
    """Whether a text names a period of that length."""
    return bool(re.fullmatch(PATTERNS[every], period))


def first_day(period: str) -> date:
    """The day a period begins. ValueError for what is no period."""
    if fits(period, "month"):
        return date(int(period[:4]), int(period[5:]), 1)
    if fits(period, "quarter"):
        return date(int(period[:4]), int(period[5]) * 3 - 2, 1)
    if fits(period, "year"):
        return date(int(period), 1, 1)
    raise ValueError(f"{period!r} is no period")


def period_of(day: date, every: str) -> str:
    """The period that a day lies in."""
    if every == "month":
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}Q{(day.month + 2) // 3}" if every == "quarter" else f"{day.year:04}"


def after(period: str, every: str) -> str:
    """The period that follows."""
    day = first_day(period)
    months = day.year * 12 + day.month - 1 + MONTHS[every]
    return period_of(date(months // 12, months % 12 + 1, 1), every)


def dates_of(period: str, every: str, *, when_over: bool, nth: int, days: int, overrides: Overrides) -> Dates:
    """Opening on the `nth` working day of the period (`when_over`: of the one after), due `days` working days later."""
    start = first_day(after(period, every) if when_over else period)
    opens = add_workdays(start - timedelta(days=1), nth, overrides)
    return Dates(period, opens, add_workdays(opens, days, overrides))


def periods_from(period: str, every: str, until: str = "") -> Iterator[str]:
    """Periods in order, from one on, up to `until` where it is given."""
    while not until or first_day(period) <= first_day(until):
        yield period
        period = after(period, every)


def first_periods(period: str, every: str, until: str, most: int) -> list[str]:
    """The first few of them."""
    return list(islice(periods_from(period, every, until), most))

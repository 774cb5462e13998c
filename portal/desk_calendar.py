"""The month beside the desk: days on which something was done are lit, days on which something is due carry a number."""

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date

from committees.calendar.workdays import Overrides, is_workday
from committees.workflow.models import DeskEntry
from portal.desk_lists import Task
from tenants.clock import local_day


@dataclass(frozen=True)
class Day:
    """A day of the month: `css` is lit, due, hot, off or nothing; `count` is what is due on it. Number 0: not this month."""

    number: int
    css: str
    count: int
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday."""

    first: date
    weeks: list[list[Day]]
    lit: int


def month_of(today: date, tasks: list[Task], done: list[DeskEntry], exceptional: Overrides) -> Month:
    """The current month. What is overdue has no window of its own: it stands in the list."""
    due = Counter(task.due_on for task in tasks if task.due_on is not None)
    lit = {local_day(entry.done_at) for entry in done if entry.done_at is not None}
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(today.year, today.month)
    shown = [[_day(day, today, due[day], exceptional, lit=day in lit) for day in week] for week in weeks]
    return Month(today.replace(day=1), shown, sum(day.month == today.month for day in lit))


def _day(day: date, today: date, due: int, exceptional: Overrides, *, lit: bool) -> Day:
    if day.month != today.month:
        return Day(0, "off", 0, is_today=False)
    if due:
        return Day(day.day, "hot" if day <= today else "due", due, day == today)
    css = "lit" if lit else "" if is_workday(day, exceptional) else "off"
    return Day(day.day, css, 0, day == today)

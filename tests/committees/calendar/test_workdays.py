"""Working days against the published arrangements of 2025 and 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.calendar.workdays import (
    add_workdays,
    due_windows,
    is_settled,
    is_workday,
    read_arrangement,
    workdays_between,
)

DAYS = st.dates(min_value=date(2024, 6, 1), max_value=date(2027, 6, 1))


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 1, 26),  # Sunday worked for Spring Festival
        date(2025, 2, 8),  # Saturday worked for Spring Festival
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ],
)
def test_weekend_worked_in_exchange_is_a_workday(day: date) -> None:
    assert day.weekday() >= 5
    assert is_workday(day)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 28), date(2025, 2, 4)),  # Spring Festival 2025: eight days
        (date(2025, 5, 1), date(2025, 5, 5)),
        (date(2025, 10, 1), date(2025, 10, 8)),  # National Day with Mid-Autumn: eight days
        (date(2026, 2, 15), date(2026, 2, 23)),  # Spring Festival 2026: nine days
        (date(2026, 10, 1), date(2026, 10, 7)),
    ],
)
def test_holiday_has_no_workday(first: date, last: date) -> None:
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    assert not any(map(is_workday, days))
    assert workdays_between(first - timedelta(days=1), last) == 0


def test_workdays_of_whole_years() -> None:
    """248 working days each: the figure both years' arrangements come to."""
    assert workdays_between(date(2024, 12, 31), date(2025, 12, 31)) == 248
    assert workdays_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_plain_week_counts_five() -> None:
    assert workdays_between(date(2026, 3, 1), date(2026, 3, 8)) == 5


def test_week_with_worked_saturday_counts_six() -> None:
    assert workdays_between(date(2025, 2, 4), date(2025, 2, 9)) == 4
    assert workdays_between(date(2026, 2, 23), date(2026, 3, 1)) == 5


def test_add_over_spring_festival() -> None:
    assert add_workdays(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert add_workdays(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert add_workdays(date(2026, 2, 24), -1) == date(2026, 2, 14)


def test_add_nothing_moves_on_from_a_day_off() -> None:
    assert add_workdays(date(2025, 10, 3), 0) == date(2025, 10, 9)
    assert add_workdays(date(2025, 10, 11), 0) == date(2025, 10, 11)


def test_override_wins_both_ways() -> None:
    closed, worked = date(2026, 3, 4), date(2026, 3, 7)
    overrides = {closed: False, worked: True}
    assert not is_workday(closed, overrides)
    assert is_workday(worked, overrides)
    assert workdays_between(date(2026, 3, 1), date(2026, 3, 8), overrides) == 5
    assert add_workdays(date(2026, 3, 3), 1, overrides) == date(2026, 3, 5)


@settings(deadline=None)
@given(DAYS, st.integers(min_value=1, max_value=80))
def test_added_days_are_counted_back(day: date, n: int) -> None:
    ahead = add_workdays(day, n)
    assert is_workday(ahead)
    assert workdays_between(day, ahead) == n
    assert workdays_between(ahead, day) == -n


@settings(deadline=None)
@given(DAYS, DAYS, DAYS)
def test_counting_adds_up(a: date, b: date, c: date) -> None:
    assert workdays_between(a, b) + workdays_between(b, c) == workdays_between(a, c)


def test_windows_before_on_and_after_the_last_day() -> None:
    due = date(2026, 3, 13)
    early = due_windows(date(2026, 2, 13), due)
    assert (early.remaining, early.shown, early.overdue) == (16, 12, 0)
    near = due_windows(date(2026, 3, 11), due)
    assert (near.remaining, near.shown, near.is_late, near.is_last_day) == (2, 2, False, False)
    last = due_windows(due, due)
    assert (last.remaining, last.is_last_day, last.is_late) == (0, True, False)
    weekend = due_windows(date(2026, 3, 14), due)
    assert (weekend.overdue, weekend.is_late, weekend.is_last_day) == (0, True, False)
    late = due_windows(date(2026, 3, 17), due)
    assert (late.remaining, late.shown, late.overdue) == (0, 0, 2)


def test_last_days_on_a_weekend_before_the_deadline_are_not_the_last_day_word() -> None:
    """A deadline on a Sunday has no working day left on the Saturday before: it is that day or never."""
    saturday = due_windows(date(2026, 3, 14), date(2026, 3, 15))
    assert saturday.is_last_day
    assert not saturday.is_late


def test_span_of_a_mistyped_year_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        workdays_between(date(2026, 1, 1), date(2206, 1, 1))


def test_settled_years() -> None:
    assert is_settled(2025)
    assert is_settled(2026)
    assert not is_settled(2040)
    assert is_settled(2040, {date(2040, 2, 11): False})
    assert date(2025, 10, 8) in read_arrangement(2025).weekdays_off

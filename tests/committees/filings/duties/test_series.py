"""Series: one definition, a call each month, quarter or year, opened on working days, once, and caught up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.calendar.workdays import NO_OVERRIDES, is_workday
from committees.filings import series_actions
from committees.filings.invariants import broken_invariants
from committees.filings.models import Call, Series
from committees.filings.periods import after, dates_of, first_day, fits, period_of
from committees.workflow.advance import MoveRefused
from tenants.actions import open_school
from tenants.actions.school_life import close_school
from tenants.clock import local_day
from tests.ground.cast import Cast

pytestmark = pytest.mark.requirement("S9-56")
MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning here
WORDS = {
    "kind": "energy-annual", "form_code": "energy-annual", "every": "year", "title_zh": "{period}年报",
    "title_en": "Return of {period}", "disclosure": "totals", "next_period": "2025", "opens_workday": 1,
    "due_workdays": 10,
}  # fmt: skip


@pytest.fixture
def series(cast: Cast) -> Series:
    """A yearly series whose call of 2025 was due to open in January."""
    return series_actions.define_series(committee=cast.committee, words=WORDS, by=cast["officer"], at=MORNING)


def periods() -> list[str]:
    return list(Call.objects.order_by("period").values_list("period", flat=True))


def test_a_missed_opening_is_caught_up_once_with_full_days(series: Series) -> None:
    assert series_actions.open_due_calls(at=MORNING) == 1
    assert series_actions.open_due_calls(at=MORNING + timedelta(hours=1)) == 0
    call = Call.objects.get(series=series)
    assert (call.state, call.period, call.title_zh, call.created_by) == ("opened", "2025", "2025年报", None)
    assert (call.opens_on, call.due_on) == (date(2026, 3, 2), date(2026, 3, 16))
    assert call.filings.count() == 2
    series.refresh_from_db()
    assert series.next_period == "2026"
    assert list(broken_invariants()) == []


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 1, 2, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 3, 2, 23, 0, tzinfo=UTC) - timedelta(hours=4),  # three in the morning of Tuesday
        datetime(2026, 10, 5, 2, 0, tzinfo=UTC),  # a Monday of the national holiday
    ],
)
def test_nothing_opens_at_night_or_on_days_off(series: Series, at: datetime) -> None:
    assert series_actions.open_due_calls(at=at) == 0


def test_years_of_standstill_are_made_up_for(series: Series) -> None:
    assert series_actions.open_due_calls(at=datetime(2028, 1, 4, 2, 0, tzinfo=UTC)) == 3
    assert periods() == ["2025", "2026", "2027"]


def test_a_pause_leaves_out_what_fell_into_it(series: Series, cast: Cast) -> None:
    series_actions.pause_series(series=series, reason="制度修订", by=cast["officer"], at=MORNING)
    assert series_actions.open_due_calls(at=MORNING) == 0
    trail = series_actions.resume_series(series=series, by=cast["officer"], at=MORNING)
    assert trail.facts["left_out"] == ["2025"]
    assert series_actions.open_due_calls(at=MORNING) == 0
    assert list(broken_invariants()) == []


def test_the_last_period_ends_it(series: Series, cast: Cast) -> None:
    words = {**WORDS, "last_period": "2026"}
    series_actions.redefine_series(series=series, words=words, by=cast["officer"], at=MORNING)
    assert series_actions.open_due_calls(at=datetime(2029, 1, 4, 2, 0, tzinfo=UTC)) == 2
    series.refresh_from_db()
    assert (series.state, periods()) == ("ended", ["2025", "2026"])


def test_a_school_that_joins_is_addressed_with_its_own_days(series: Series) -> None:
    series_actions.open_due_calls(at=MORNING)
    later = MORNING + timedelta(days=7)
    joined = open_school(code="xinxue", name_zh="新学院", name_en="New College", type="vocational", by=None, at=later)
    assert series_actions.address_joined_schools(at=later) == 1
    assert series_actions.address_joined_schools(at=later) == 0
    call = Call.objects.get(series=series)
    assert call.filings.get(school=joined).duty.due_on == date(2026, 3, 23)
    close_school(school=joined, reason="停办", by=None, at=later)
    from committees.filings.duty_actions import release_schools

    assert release_schools(at=later) == 1
    assert list(broken_invariants()) == []


def test_only_the_types_asked_for(series: Series, cast: Cast) -> None:
    words = {**WORDS, "school_types": ["vocational"]}
    series_actions.redefine_series(series=series, words=words, by=cast["officer"], at=MORNING)
    assert series_actions.open_due_calls(at=MORNING) == 0, "a call without schools is not opened"


@pytest.mark.parametrize("who", ["expert1", "clerk_a", "stranger", "secretary"])
def test_who_has_no_deciding_seat_defines_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(MoveRefused):
        series_actions.define_series(committee=cast.committee, words=WORDS, by=cast[who], at=MORNING)


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31))
LENGTHS = st.sampled_from(["month", "quarter", "year"])


@given(day=DAYS, every=LENGTHS)
def test_periods_follow_each_other_without_gap(day: date, every: str) -> None:
    period = period_of(day, every)
    assert fits(period, every)
    assert first_day(period) <= day < first_day(after(period, every))
    assert period_of(first_day(after(period, every)) - timedelta(days=1), every) == period


@given(day=DAYS, every=LENGTHS, when_over=st.booleans(), nth=st.integers(1, 15), days=st.integers(1, 40))
def test_calls_open_and_end_on_working_days(day: date, every: str, when_over: bool, nth: int, days: int) -> None:
    period = period_of(day, every)
    dates = dates_of(period, every, when_over=when_over, nth=nth, days=days, overrides=NO_OVERRIDES)
    start = first_day(after(period, every) if when_over else period)
    assert start <= dates.opens_on < dates.due_on
    assert is_workday(dates.opens_on)
    assert is_workday(dates.due_on)
    worked = sum(is_workday(start + timedelta(days=n)) for n in range((dates.opens_on - start).days + 1))
    assert worked == nth


def test_local_morning_is_what_counts() -> None:
    assert local_day(MORNING) == date(2026, 3, 2)

"""Exceptional days in the database: they change the count, and their history is kept."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from committees.calendar.actions import clear_workday, set_workday
from committees.calendar.models import WorkdayOverride
from committees.calendar.queries import load_overrides
from committees.calendar.workdays import is_workday

AT = datetime(2026, 3, 1, tzinfo=UTC)
DAY = date(2026, 3, 4)


def test_day_is_set_changed_and_cleared(db, cast, queries) -> None:
    set_workday(day=DAY, is_workday=False, reason="校庆", by=cast["secretary"], at=AT)
    set_workday(day=DAY, is_workday=False, reason="建校纪念日", by=cast["secretary"], at=AT)
    with queries(1):
        overrides = load_overrides()
    assert overrides == {DAY: False}
    assert is_workday(DAY)
    assert not is_workday(DAY, overrides)
    assert clear_workday(day=DAY, by=cast["secretary"], at=AT)
    assert not clear_workday(day=DAY, by=cast["secretary"], at=AT)
    assert load_overrides() == {}


def test_history_tells_each_step(db, cast) -> None:
    set_workday(day=DAY, is_workday=False, reason="校庆", by=cast["secretary"], at=AT)
    set_workday(day=DAY, is_workday=True, reason="改期", by=cast["secretary"], at=AT)
    clear_workday(day=DAY, by=cast["secretary"], at=AT)
    history = WorkdayOverride.pgh_event_model.objects.order_by("pgh_id")
    assert list(history.values_list("pgh_label", "reason")) == [
        ("insert", "校庆"),
        ("update", "改期"),
        ("delete", "改期"),
    ]


def test_day_stands_once(db) -> None:
    WorkdayOverride.objects.create(day=DAY, is_workday=False, reason="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkdayOverride.objects.create(day=DAY, is_workday=True, reason="b")

"""Desks of deputies by the hour: time that began puts what waits on a desk, time that ended takes it away."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from committees.filings import actions
from committees.filings.approval_actions import name_deputy
from committees.filings.models import Deputy
from committees.filings.tasks import refresh_desks_of_deputies
from committees.workflow.models import DeskEntry
from tenants.clock import database_now, local_day
from tenants.context import school_scope
from tenants.models import SchoolRole
from tests.committees.filings.core.ground import AT, Case
from tests.factories.people import member


def test_it_is_registered_for_every_hour():
    tasks = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert tasks["filings.deputies"].split()[1:] == ["*"] * 4


@pytest.mark.requirement("S9-75")
def test_the_hourly_job_begins_and_ends_a_deputys_time(case: Case):
    school, head = case.filing.school, case.cast["head_a"]
    case.prepare()
    with school_scope(school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
    second, today = member(school, SchoolRole.CLERK), local_day(database_now())
    on_desk = DeskEntry.objects.filter(audience=f"user:{second.pk}", done_at=None)
    row = name_deputy(
        school=school, deputy=second, starts_on=today + timedelta(days=1), ends_on=today + timedelta(days=3),
        reason="出差", by=head, at=database_now(),
    )  # fmt: skip
    refresh_desks_of_deputies(0)
    assert not on_desk.exists()
    Deputy.objects.filter(pk=row.pk).update(starts_on=today)  # midnight has passed
    for _ in range(2):
        refresh_desks_of_deputies(0)
        assert on_desk.count() == 1
    Deputy.objects.filter(pk=row.pk).update(starts_on=today - timedelta(days=3), ends_on=today - timedelta(days=1))
    refresh_desks_of_deputies(0)
    assert not on_desk.exists()

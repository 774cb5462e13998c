"""Four officers press at the same moment: one reminder a day, one notice a person; without the constraint more."""

import psycopg
import pytest

from committees.filings.models import Filing, Reminder
from committees.filings.reminder_actions import remind
from committees.notices.models import Notice
from tenants.clock import database_now
from tests.ground.at_once import both
from tests.ground.cluster import the_cluster
from tests.prove.races.ground import Field

pytestmark = [pytest.mark.prove, pytest.mark.committed(scope="module"), pytest.mark.requirement("S9-75")]
PRESSES = 4
ROUNDS = 20


def press(ground: Field) -> tuple[int, int, int]:
    """One return, four presses: how many said they reminded, how many rows there are, notices of one person."""
    case, at = ground.case("started"), database_now()
    filing = Filing.objects.select_related("school", "duty", "call__committee").get(pk=case.filing.pk)
    outcomes = both(*[lambda: remind(filings=[filing], by=case.cast["officer"], at=at)] * PRESSES)
    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    told = Notice.objects.filter(topic="filing.remind", subject=filing.public_id, person=case.cast["clerk_a"])
    return sum(one.reminded for one in outcomes), Reminder.objects.filter(filing=filing).count(), told.count()


def test_never_twice_a_day_however_many_press(ground: Field, module_database: str):
    for _number in range(ROUNDS):
        assert press(ground) == (1, 1, 1)
    with psycopg.connect(the_cluster().owner_url(module_database), autocommit=True) as owner:
        owner.execute("ALTER TABLE filings_reminder DROP CONSTRAINT reminder_once_a_day")
    assert press(ground) == (PRESSES, PRESSES, PRESSES), "the constraint is what refuses"

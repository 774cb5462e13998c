"""Controls that spoil their database: lock off, then constraints off as well, and both heads, both officers win."""

import psycopg
import pytest

from committees.filings.models import Decision
from committees.workflow.models import Trail
from tests.ground.cluster import the_cluster
from tests.prove.races.ground import Field, asks
from tests.prove.races.pair import Pair, fault_of
from tests.prove.races.test_people_at_once import TOGETHER, numbers_under_load

pytestmark = [pytest.mark.prove, pytest.mark.committed(scope="module"), pytest.mark.requirement("G11")]
OFF = (
    "ALTER TABLE workflow_trail DROP CONSTRAINT trail_one_move_per_version",
    "ALTER TABLE filings_decision DROP CONSTRAINT decision_once_per_version",
    "ALTER TABLE filings_figure DROP CONSTRAINT figure_once",
    "DROP INDEX desk_one_open_entry",
)


def test_control_without_the_lock_one_number_is_given_twenty_times(ground: Field, unlocked: Pair, module_database: str):
    """The constraint on the number refuses all but one: filings break instead of waiting."""
    ground.case("filed")
    results, _waiting_count = numbers_under_load(ground, unlocked, module_database)
    assert sorted(results) == ["broke"] * (TOGETHER - 1) + ["made"]


def test_control_without_lock_and_constraints_a_filing_is_decided_twice(
    ground: Field, unlocked: Pair, module_database: str
):
    with psycopg.connect(the_cluster().owner_url(module_database), autocommit=True) as owner:
        for statement in OFF:
            owner.execute(statement)
    for _number in range(5):
        case = ground.case("filed")
        answers = unlocked.race(*(asks(case.filing, "accept", by) for by in ("officer", "chair")))
        assert [answer["result"] for answer in answers] == ["made", "made"]
        assert fault_of(answers).startswith("no one winner")
        assert Decision.objects.filter(filing_version__filing=case.filing).count() == 2
        assert Trail.objects.filter(subject=case.filing.public_id, move="accept").count() == 2

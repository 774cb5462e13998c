"""What only a committed database shows: two officers at the same moment, and a tampering behind the portal's back."""

import threading
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from committees.filings import actions
from committees.filings.models import Decision, Filing, RollUp
from committees.workflow.advance import MoveRefused
from committees.workflow.models import Trail
from tests.committees.filings.committee.ground import bring, later, make_call, seat
from tests.ground.cluster import the_cluster

pytestmark = pytest.mark.committed


def at_once(*steps):
    """Run each step in a thread of its own, all from the same start; their answers in order."""
    start, answers = threading.Barrier(len(steps)), [None] * len(steps)

    def run(place, step):
        start.wait()
        try:
            answers[place] = step()
        except MoveRefused as refused:
            answers[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.requirement("S9-75")
def test_two_officers_at_once_make_one_decision_and_one_is_told(cast):
    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "taken_up")
    first, second = cast["officer"], seat(cast.committee, "officer")
    mine, theirs = (
        Filing.objects.select_related("call__committee", "school", "duty").get(pk=filing.pk) for _ in range(2)
    )
    answers = at_once(
        lambda: actions.accept(filing=mine, by=first, at=later(1), version=filing.version),
        lambda: actions.return_items(
            filing=theirs, items={"new_energy": "?"}, by=second, at=later(1), version=filing.version
        ),
    )
    done = [answer for answer in answers if isinstance(answer, Trail)]
    told = [answer for answer in answers if isinstance(answer, MoveRefused)]
    assert len(done) == len(told) == 1
    assert told[0].code == "stale"
    assert told[0].last.pk == done[0].pk
    assert str(done[0].by) in str(told[0].reason)
    assert Decision.objects.count() == 1


def test_two_acceptances_at_once_both_count(cast):
    call = make_call(cast, [cast.school_a, cast.school_b])
    one, two = (bring(cast, call, school, "taken_up") for school in (cast.school_a, cast.school_b))
    officer = cast["officer"]
    answers = at_once(
        lambda: actions.accept(filing=one, by=officer, at=later(1)),
        lambda: actions.accept(filing=two, by=officer, at=later(1)),
    )
    assert all(isinstance(answer, Trail) for answer in answers)
    row = RollUp.objects.get(call=call, indicator="area_buildings")
    assert (row.schools, row.total) == (2, 200)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE filings_filingversion SET payload = replace(payload, '\"106\"', '\"6\"')", "payload and hash differ"),
        ("UPDATE filings_figure SET value = value + 1 WHERE indicator = 'new_energy'", "figure new_energy"),
        ("UPDATE filings_rollup SET total = total + 1 WHERE indicator = 'new_energy'", "sum of new_energy"),
        ("UPDATE filings_filingversion SET sealed_at = sealed_at, seal = repeat('0', 64)", "seal does not fit"),
    ],
)
@pytest.mark.requirement("S9-44")
def test_a_tampering_as_owner_is_found_and_named(cast, own_database, sql, said):
    filing = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "accepted")
    call_command("verify_invariants", stdout=StringIO())
    with psycopg.connect(the_cluster().owner_url(own_database)) as owner:
        assert owner.execute(sql).rowcount == 1
    heard = StringIO()
    with pytest.raises(CommandError, match="broken"):
        call_command("verify_invariants", stdout=StringIO(), stderr=heard)
    assert said in heard.getvalue()
    assert filing.number in heard.getvalue() or filing.call.number in heard.getvalue()


def test_the_runtime_role_cannot_tamper(cast):
    from django.db import connection
    from django.db.utils import ProgrammingError

    filing = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "accepted")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE filings_filingversion SET payload = '' WHERE id = %s", [filing.counted_id])

"""Two people of one university approve the same return at the same moment: one files it, the other is told who and when."""

import pytest
from django.utils import timezone

from committees.filings.approval_actions import name_deputy
from committees.filings.invariants import broken_invariants
from committees.filings.models import FilingVersion
from committees.workflow.models import DeskEntry, Trail
from tenants.models import User
from tests.prove.races.ground import Answer, Field, asks, asks_call
from tests.prove.races.pair import Pair, Tally, fault_of

pytestmark = [pytest.mark.prove, pytest.mark.committed(scope="module"), pytest.mark.requirement("G11")]
RACES = 20
#: Who approves, and by which move.
SIDES = (
    ("two heads", ("file", "head_a"), ("file", "head_2")),
    ("head and deputy", ("file", "head_a"), ("file", "clerk_2")),
    ("head and scan", ("file", "head_a"), ("file_scan", "clerk_2")),
    ("two scans", ("file_scan", "clerk_2"), ("file_scan", "head_2")),
)


@pytest.fixture(scope="module")
def deputy(ground: Field) -> None:
    """The second clerk stands in for the head today."""
    head, today = ground.cast["head_a"], timezone.localdate()
    name_deputy(
        school=ground.cast.school_a, deputy=User.objects.get(account="clerk_2"), starts_on=today, ends_on=today,
        reason="出差", by=head, at=timezone.now(),
    )  # fmt: skip


def words(do: str) -> dict[str, object]:
    """What stands on a stamped paper."""
    return {"signer": "林渡", "signed_on": timezone.localdate().isoformat()} if do == "file_scan" else {}


@pytest.mark.parametrize(("name", "one", "other"), SIDES, ids=[side[0] for side in SIDES])
def test_one_approval_wins_and_the_other_is_told_by_whom(ground: Field, racers: Pair, deputy, name, one, other):
    tally, winners = Tally(), set()
    for number in range(RACES):
        case = ground.case("approval_requested")
        both = [asks(case.filing, do, by, sees=number % 2 == 0, **words(do)) for do, by in (one, other)]
        answers: list[Answer] = racers.race(*both)
        assert (fault := fault_of(answers)) == "", fault
        winners |= {answer["who"] for answer in answers if answer["result"] == "made"}
        version = FilingVersion.objects.get(filing=case.filing)
        trail = Trail.objects.get(subject=case.filing.public_id, move__in=("file", "file_scan"))
        assert version.approved_by_id == trail.by_id
        assert (version.way == "scan") == (trail.move == "file_scan")
        assert not DeskEntry.objects.filter(
            subject=case.filing.public_id, verb="approve", done_at__isnull=True
        ).exists()
        tally.add(name, answers)
    assert tally.races.total() == RACES
    assert tally.overlap() >= 0.95
    print(f"\n{name}: {tally}, won by {sorted(winners)}")
    assert list(broken_invariants()) == []


def test_the_commission_agrees_while_the_committee_takes_it_back(ground: Field, racers: Pair):
    for _number in range(RACES):
        call = ground.call(state="proposed")
        answers = racers.race(
            asks_call(call, "agree_to_call", "commission"), asks_call(call, "take_back_call", "officer")
        )
        made = [answer for answer in answers if answer["result"] == "made"]
        call.refresh_from_db()
        # Taking back is allowed after the agreement too: then both are made, one after the other, and the call is a draft.
        assert call.state == "drafted" if len(made) == 2 else call.state in {"agreed", "drafted"}
        moves = list(Trail.objects.filter(subject=call.public_id).order_by("version").values_list("version", "move"))
        assert [version for version, _move in moves] == list(range(1, call.version + 1))


def test_control_without_the_lock_two_heads_do_not_end_fairly(ground: Field, unlocked: Pair):
    unfair = 0
    for _number in range(10):
        case = ground.case("approval_requested")
        answers = unlocked.race(*(asks(case.filing, "file", by) for by in ("head_a", "head_2")))
        unfair += fault_of(answers) != ""
        assert FilingVersion.objects.filter(filing=case.filing).count() == 1
    assert unfair == 10

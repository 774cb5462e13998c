"""Every move raced by two processes held between read and write: one winner, the loser told who and when."""

from collections.abc import Iterator
from itertools import cycle

import pytest

from committees.filings.flows import CALL_FLOW, FILING_FLOW
from committees.filings.invariants import broken_invariants
from committees.filings.models import Decision, Duty, FilingVersion
from committees.workflow.flow import STAYS
from committees.workflow.models import DeskEntry, Trail
from tests.committees.filings.school.ground import VALUES, Case
from tests.prove.races.ground import Answer, Field, asks, asks_call
from tests.prove.races.pair import Pair, Tally, fault_of

pytestmark = [pytest.mark.prove, pytest.mark.committed(scope="module"), pytest.mark.requirement("G11")]
RACES = 20
WHY = "请核对账单。"
ITEMS = {"water": "是否含家属区？"}
#: A life of a filing in which every move but the last occurs: move, who presses first, who beside.
LIFE = (
    ("start", "clerk_a", "clerk_2"), ("request_approval", "clerk_a", "head_a"), ("recall", "clerk_a", "clerk_2"),
    ("request_approval", "clerk_a", "clerk_a"), ("send_back", "head_a", "head_2"),
    ("request_approval", "clerk_2", "head_2"), ("file", "head_a", "head_2"), ("withdraw", "head_a", "head_2"),
    ("request_approval", "clerk_a", "clerk_2"), ("file", "head_a", "head_a"), ("take_up", "officer", "chair"),
    ("return_items", "officer", "chair"), ("answer", "clerk_a", "head_a"), ("request_approval", "clerk_a", "clerk_2"),
    ("file", "head_2", "head_a"), ("accept", "officer", "chair"),
)  # fmt: skip

#: A life beside the straight way. Pages always carry the version there: a move that stays leaves the state open to another.
ASIDE = (
    ("say_none", "clerk_a", "clerk_2"), ("decline_none", "officer", "chair"), ("say_none", "clerk_a", "head_a"),
    ("recall_none", "clerk_a", "head_a"), ("extend", "officer", "chair"), ("say_none", "clerk_2", "clerk_a"),
    ("confirm_none", "officer", "chair"), ("reopen", "officer", "chair"), ("waive", "officer", "chair"),
)  # fmt: skip
#: What follows from another move under its locks, or belongs to corrections and scans, is not raced here.
FOLLOWING = {
    "renew", "release", "file_scan", "ask_correction", "unask_correction", "grant_correction", "deny_correction",
    "order_correction", "drop_correction", "keep_old",
}  # fmt: skip
FAR = "2099-06-01"


def words(move: str) -> dict[str, object]:
    """What a move needs to be told."""
    if move in {"extend", "reopen"}:
        return {"reason": WHY, "due_on": FAR}
    if move == "return_items":
        return {"items": ITEMS}
    return {"reason": WHY} if FILING_FLOW.move(move).needs_reason else {}


def sound(case: Case) -> None:
    """One trail event a version, one open desk entry at most, a decision on each judged version only."""
    case.filing.refresh_from_db()
    trail = list(Trail.objects.filter(subject=case.filing.public_id))
    assert [event.version for event in trail] == list(range(1, case.filing.version + 1))
    assert trail[-1].target == case.filing.state
    assert DeskEntry.objects.filter(subject=case.filing.public_id, done_at__isnull=True).count() <= 1
    filed = sum(event.move == "file" for event in trail)
    versions = list(FilingVersion.objects.filter(filing=case.filing))
    assert [version.version for version in versions] == list(range(1, filed + 1))
    judged = sum(event.move in {"accept", "refuse", "return_items"} for event in trail)
    assert Decision.objects.filter(filing_version__filing=case.filing).count() == judged


def contest(pair: Pair, tally: Tally, case: Case, name: str, one: Answer, other: Answer) -> None:
    """One race that must end fairly and leave exactly one event."""
    before = Trail.objects.filter(subject=case.filing.public_id).count()
    answers = pair.race(one, other)
    assert (fault := fault_of(answers)) == "", fault
    assert Trail.objects.filter(subject=case.filing.public_id).count() == before + 1
    tally.add(name, answers)


def test_two_hundred_races_on_the_single_door(ground: Field, racers: Pair, record_property):
    tally, case = Tally(), ground.case("started")
    moves = cycle([
        (("request_approval", "clerk_a"), ("request_approval", "head_a")),
        (("recall", "clerk_a"), ("send_back", "head_a")),
        (("request_approval", "clerk_a"), ("request_approval", "clerk_a")),
        (("send_back", "head_2"), ("recall", "clerk_2")),
    ])  # fmt: skip
    for number, sides in zip(range(200), moves, strict=False):
        sees = number % 2 == 0 and sides[0][0] == sides[1][0]
        one, other = (asks(case.filing, do, by, sees=sees, **words(do)) for do, by in sides)
        contest(racers, tally, case, "door", one, other)
    sound(case)
    record_property("races", str(tally))
    print(f"\nsingle door: {tally}")
    assert tally.races.total() == 200
    assert tally.overlap() >= 0.95


def test_every_move_of_a_filing_twenty_times(ground: Field, racers: Pair, record_property):
    tally = Tally()
    for number in range(RACES):
        case = ground.case()
        for move, one, other in LIFE:
            both = [asks(case.filing, move, by, sees=number % 2 == 0, **words(move)) for by in (one, other)]
            contest(racers, tally, case, move, *both)
            if move == "start":
                case.write(VALUES)
        sound(case)
        case = ground.case()
        for move, one, other in ASIDE:
            contest(racers, tally, case, move, *(asks(case.filing, move, by, **words(move)) for by in (one, other)))
        sound(case)
        case = ground.case("filed")
        contest(racers, tally, case, "refuse", *(
            asks(case.filing, "refuse", by, sees=number % 2 == 0, reason=WHY) for by in ("officer", "chair")
        ))  # fmt: skip
        sound(case)
    record_property("races", str(tally))
    print(f"\neach move: {tally}")
    assert set(tally.races) == {move.name for move in FILING_FLOW.moves} - FOLLOWING
    assert min(tally.races.values()) >= RACES
    assert tally.overlap() >= 0.95
    assert list(broken_invariants()) == []


@pytest.mark.requirement("WFL")
@pytest.mark.parametrize(
    ("state", "one", "other"),
    [
        ("filed", ("accept", "officer"), ("return_items", "chair")),
        ("filed", ("accept", "officer"), ("refuse", "chair")),
        ("filed", ("withdraw", "head_a"), ("take_up", "officer")),
        ("filed", ("withdraw", "head_a"), ("accept", "officer")),
        ("approval_requested", ("file", "head_a"), ("recall", "clerk_a")),
        ("approval_requested", ("file", "head_a"), ("send_back", "head_2")),
    ],
)
def test_two_people_who_want_different_things(ground: Field, racers: Pair, state, one, other):
    tally = Tally()
    for number in range(5):
        case = ground.case(state)
        sees = number % 2 == 0
        contest(
            racers, tally, case, "x", *(asks(case.filing, do, by, sees=sees, **words(do)) for do, by in (one, other))
        )
        sound(case)
    assert tally.overlap() == 1


OFFICERS, COMMISSION = ("officer", "chair"), ("commission", "commission_2")


def call_moves() -> Iterator[tuple[str, str, dict[str, object], str, tuple[str, str]]]:
    """Action of a call, its move in the table, what it is told, from which state of a call that both issue (empty: one of
    the committee's own), by whom."""
    yield "open_call", "open", {"schools": ["lingang", "haijin"]}, "", OFFICERS
    yield "close_call", "close", {}, "", OFFICERS
    yield "cancel_call", "cancel", {"reason": WHY}, "", OFFICERS
    yield "propose_call", "propose", {}, "drafted", OFFICERS
    yield "agree_to_call", "agree", {}, "proposed", COMMISSION
    yield "decline_call", "decline", {"reason": WHY}, "proposed", COMMISSION
    yield "take_back_call", "take_back", {}, "agreed", OFFICERS


def test_every_move_of_a_call_twenty_times(ground: Field, racers: Pair):
    tally = Tally()
    for _number in range(RACES):
        for do, move, told, state, people in call_moves():
            call = ground.call(is_open=move == "close", state=state)
            answers = racers.race(*(asks_call(call, do, by, **told) for by in people))
            assert (fault := fault_of(answers)) == "", fault
            assert Trail.objects.filter(subject=call.public_id, move=move).count() == 1
            assert Duty.objects.filter(call=call).count() == (2 if move in {"open", "close"} else 0)
            tally.add(move, answers)
    print(f"\ncalls: {tally}")
    assert set(tally.races) == {move.name for move in CALL_FLOW.moves if move.target != STAYS}
    assert tally.overlap() >= 0.95


# ---------------------------------------------------------------- the control


def test_control_without_the_lock_no_race_ends_fairly(ground: Field, unlocked: Pair):
    """The trail's own constraint still stops the second event, but the loser is told nothing: it breaks."""
    unfair = 0
    for _number in range(10):
        case = ground.case("filed")
        answers = unlocked.race(*(asks(case.filing, "accept", by) for by in ("officer", "chair")))
        unfair += fault_of(answers) != ""
        assert {answer["result"] for answer in answers} == {"made", "broke"}
    assert unfair == 10

"""Races around the door: keys, drafts, files, sums and numbers when several people act at once."""

import time
from uuid import uuid4

import psycopg
import pytest

from committees.filings.invariants import broken_invariants
from committees.filings.models import Draft, DraftEvidence, Filing, FilingVersion, RollUp
from committees.filings.school.evidence import MOST_BYTES, MOST_FILES
from committees.workflow.models import Trail
from tenants.context import school_scope
from tests.committees.filings.school.ground import AT, Case
from tests.ground.cluster import the_cluster
from tests.prove.races.ground import Field, asks
from tests.prove.races.pair import Pair

pytestmark = [pytest.mark.prove, pytest.mark.committed(scope="module"), pytest.mark.requirement("G9")]
TIMES = 10
TOGETHER = 20


@pytest.mark.parametrize("sees", [True, False])
def test_the_same_key_twice_at_once_has_one_effect_and_one_answer(ground: Field, racers: Pair, sees):
    for _number in range(TIMES):
        case, key = ground.case("approval_requested"), str(uuid4())
        answers = racers.race(*[asks(case.filing, "file", "head_a", sees=sees, key=key)] * 2)
        assert [answer["result"] for answer in answers] == ["made", "made"]
        assert answers[0]["trail"] == answers[1]["trail"]
        assert any(answer["overlapped"] for answer in answers)
        assert FilingVersion.objects.filter(filing=case.filing).count() == 1


@pytest.mark.requirement("WFL")
def test_a_used_key_is_no_key_for_other_words_or_another_person(ground: Field, racers: Pair):
    for one, other in (
        (
            ("return_items", "officer", {"items": {"water": "?"}}),
            ("return_items", "officer", {"items": {"water": "!"}}),
        ),
        (("accept", "officer", {}), ("accept", "chair", {})),
        (("refuse", "officer", {"reason": "甲"}), ("refuse", "officer", {"reason": "乙"})),
    ):
        case, key = ground.case("filed"), str(uuid4())
        answers = racers.race(*(asks(case.filing, do, by, key=key, **told) for do, by, told in (one, other)))
        assert sorted(answer["result"] for answer in answers) == ["made", "refused"]
        assert {answer.get("code") for answer in answers} == {None, "key"}
        assert Trail.objects.filter(subject=case.filing.public_id, key=key).count() == 1


def test_the_back_button_after_a_move_is_told_and_moves_nothing(ground: Field, racers: Pair):
    """A page from two moves ago, sent by two tabs with keys of their own."""
    case = ground.case("started")
    old = asks(case.filing, "request_approval", "clerk_a")
    racers.race(old | {"given": {**old["given"], "key": str(uuid4())}}, asks(case.filing, "request_approval", "head_a"))
    racers.race(asks(case.filing, "recall", "clerk_a"), asks(case.filing, "recall", "clerk_2"))
    before = Filing.objects.get(pk=case.filing.pk).version
    answers = racers.race(*(old | {"given": {**old["given"], "key": str(uuid4())}} for _tab in range(2)))
    assert [answer["code"] for answer in answers] == ["stale", "stale"]
    assert Filing.objects.get(pk=case.filing.pk).version == before


@pytest.mark.requirement("WFL")
def test_saving_while_it_is_sent_is_kept_before_or_told_after(ground: Field, racers: Pair):
    """What was saved before is in the sealed copy; what came after is refused with who and when. Never in between."""
    kept = 0
    for number in range(TOGETHER):
        case = ground.case("started")
        save = asks(case.filing, "save_draft", "clerk_a", sees=False, entries={"water": "777"}, revision=1)
        send = asks(case.filing, "request_approval", "head_a")
        sides = (save | {"step": "save"}, send) if number % 2 else (send, save | {"step": "save"})
        answers = racers.race(*sides)
        assert any(answer["overlapped"] for answer in answers)
        saved, sent = answers if number % 2 else reversed(answers)
        assert sent["result"] == "made"
        with school_scope(case.filing.school):
            water = Draft.objects.get(filing_id=case.filing.public_id).entries["water"]["value"]
        if saved["result"] == "made":
            kept += 1
            assert water == "777"
        else:
            assert saved["code"] == "stale"
            assert sent["who"] in saved["text"]
            assert water != "777"
    print(f"\nautosave against sending: {kept} of {TOGETHER} saved first")


@pytest.mark.requirement("WFL")
def test_two_saves_of_one_revision_never_overwrite_each_other(ground: Field, racers: Pair):
    case = ground.case("started")
    for number in range(TOGETHER):
        revision = case.draft().revision
        answers = racers.race(*(
            asks(case.filing, "save_draft", by, sees=False, entries={code: str(1000 + number)}, revision=revision)
            | {"step": "save"}
            for by, code in (("clerk_a", "water"), ("head_a", "users_count"))
        ))  # fmt: skip
        assert sorted(answer["result"] for answer in answers) == ["made", "refused"]
        assert {answer.get("code") for answer in answers} == {None, "conflict"}
        assert case.draft().revision == revision + 1


def test_control_without_the_lock_a_save_is_lost(ground: Field, unlocked: Pair):
    case = ground.case("started")
    answers = unlocked.race(*(
        asks(case.filing, "save_draft", by, sees=False, entries={code: "4321"}, revision=1) | {"step": "save"}
        for by, code in (("clerk_a", "water"), ("head_a", "users_count"))
    ))  # fmt: skip
    assert [answer["result"] for answer in answers] == ["made", "made"]
    values = {case.entry("water")["value"], case.entry("users_count")["value"]}
    assert "4321" in values
    assert values != {"4321"}, "both told saved, one of them overwritten"


def test_the_same_file_twice_at_once_is_kept_once(ground: Field, racers: Pair, unlocked: Pair):
    for both, rows in ((racers, 1), (unlocked, 2)):
        case = ground.case("started")
        attach = asks(case.filing, "add_evidence", "clerk_a", sees=False, content="%PDF-1.7\n%%EOF\n") | {
            "step": "keep"
        }
        both.race(attach, attach)
        with school_scope(case.filing.school):
            assert DraftEvidence.objects.filter(draft__filing_id=case.filing.public_id).count() == rows


def nearly_full(case: Case, quota: str) -> None:
    """Room for one small file more: one place left, or its bytes."""
    rows = MOST_FILES - 1 if quota == "files" else 1
    size = 9 if quota == "files" else MOST_BYTES - len(small_file(0)) - 1
    with school_scope(case.filing.school):
        DraftEvidence.objects.bulk_create(
            DraftEvidence(
                draft=case.draft(), name=f"{number}.pdf", sha256=f"{number:064x}", size=size, added_at=AT,
                media_type="application/pdf", added_by=case.cast["clerk_a"],
            )
            for number in range(rows)
        )  # fmt: skip


def small_file(number: int) -> str:
    """A file like no other."""
    return f"%PDF-1.7\n% {number:06}\n%%EOF\n"


@pytest.mark.requirement("UPL")
@pytest.mark.parametrize("quota", ["files", "bytes"])
def test_two_files_at_once_never_pass_the_quota_together(ground: Field, racers: Pair, unlocked: Pair, quota):
    """The second one waits for the first and is told that it does not fit; without the lock both are kept."""
    for both, times, kept in ((racers, TIMES, ["made", "refused"]), (unlocked, 1, ["made", "made"])):
        for number in range(times):
            case = ground.case("started")
            nearly_full(case, quota)
            answers = both.race(*(
                asks(case.filing, "add_evidence", by, sees=False, content=small_file(2 * number + side))
                | {"step": "keep"}
                for side, by in enumerate(("clerk_a", "clerk_2"))
            ))  # fmt: skip
            assert sorted(answer["result"] for answer in answers) == kept
            assert any(answer["overlapped"] for answer in answers)
            assert [answer["code"] for answer in answers if "code" in answer] == ["full"] * kept.count("refused")
            with school_scope(case.filing.school):
                found = DraftEvidence.objects.filter(draft__filing_id=case.filing.public_id)
                total = sum(found.values_list("size", flat=True))
                assert (found.count() <= MOST_FILES and total <= MOST_BYTES) == (both is racers)


@pytest.mark.requirement("S9-77")
def test_two_acceptances_in_one_call_both_count(ground: Field, racers: Pair, unlocked: Pair):
    for both, schools in ((racers, 2), (unlocked, 1)):
        call = ground.call()
        cases = [ground.case("filed", call, school) for school in ("school_a", "school_b")]
        answers = both.race(*(asks(case.filing, "accept", "officer") | {"step": "rollup"} for case in cases))
        assert [answer["result"] for answer in answers] == ["made", "made"]
        assert any(answer["overlapped"] for answer in answers)
        assert RollUp.objects.get(call=call, indicator="electricity").schools == schools
        assert any(call.number in line for line in broken_invariants()) == (schools == 1), "the check finds the control"


def numbers_under_load(ground: Field, both: Pair, database: str) -> tuple[list[str], int]:
    """Twenty filings that all stand before the series' row at the same moment; the results and how many waited."""
    cases = [ground.case("approval_requested") for _number in range(TOGETHER)]
    ids = [case.filing.pk for case in cases]
    commands = [{"do": "file_together", "by": "head_a", "filings": part} for part in (ids[::2], ids[1::2])]
    with psycopg.connect(the_cluster().owner_url(database)) as holder:
        holder.execute("SELECT 1 FROM filings_numberseries FOR UPDATE")
        both.tell_both(*commands)
        waiting = _waiting(database)
        holder.commit()
    answers = [answer for told in both.hear_both() for answer in told]
    return [answer["result"] for answer in answers], waiting


def _waiting(database: str) -> int:
    """How many sessions come to stand before a lock; given twenty seconds to come."""
    with psycopg.connect(the_cluster().superuser_url(database), autocommit=True) as watch:
        until, found = time.monotonic() + 20, 0
        while found < TOGETHER and time.monotonic() < until:
            time.sleep(0.02)
            row = watch.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'", [database]
            ).fetchone()
            found = row[0] if row else 0
    return found


def test_twenty_parallel_filings_never_share_a_number(ground: Field, racers: Pair, module_database: str):
    ground.case("filed")  # the row of the series is there, to be held
    results, waiting = numbers_under_load(ground, racers, module_database)
    numbers = list(FilingVersion.objects.filter(version=1).values_list("number", flat=True))
    assert results == ["made"] * TOGETHER
    assert waiting == TOGETHER
    assert len(set(numbers)) == len(numbers)

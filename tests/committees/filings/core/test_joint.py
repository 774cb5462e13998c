"""Joint lists: what officers decided together is what became of each filing, and nothing else is taken for it."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from committees.filings import joint_actions
from committees.filings.checking_actions import keep_notes
from committees.filings.invariants import broken_invariants
from committees.filings.joint_actions import decide_lines, drop_list, hold_list, make_list
from committees.filings.models import JointLine, JointList
from committees.workflow.advance import MoveRefused
from tests.committees.filings.core.ground import AT, Case
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
NEXT = AT + timedelta(days=2)


@pytest.fixture
def filed(case: Case) -> Case:
    case.file()
    return case


def listed(case: Case, decision: str = "", words: str = "") -> JointList:
    """A list over the one filing, decided on unless told otherwise."""
    made = make_list(
        call=case.call, title="会审", held_on=NEXT.date(), filings=[case.filing], by=case.cast["officer"], at=NEXT
    )  # fmt: skip
    if decision:
        lines = {made.lines.get().pk: {"decision": decision, "decision_words": words}}
        decide_lines(joint_list=made, present="穆清", lines=lines, by=case.cast["officer"], at=NEXT)
    return made


def hold(case: Case, decision: str, words: str = "") -> JointList:
    made = listed(case, decision, words)
    hold_list(joint_list=made, by=case.cast["officer"], at=NEXT)
    return made


@pytest.mark.parametrize(
    ("decision", "words", "state"),
    [
        ("accept", "", "accepted"),
        ("return", "请补附件", "returned"),
        ("refuse", "口径不符", "refused"),
        ("put_off", "", "filed"),
    ],
)
def test_each_decision_becomes_its_own_move_and_holds(filed: Case, decision, words, state):
    keep_notes(filing=filed.filing, notes={"new_energy": "是否漏报？"}, by=filed.cast["officer"], at=NEXT)
    hold(filed, decision, words)
    filed.filing.refresh_from_db()
    assert filed.filing.state == state
    assert list(broken_invariants()) == []


def test_a_decision_changed_after_the_session_is_found(filed: Case):
    made = hold(filed, "accept")
    JointLine.objects.filter(joint_list=made).update(decision="refuse", decision_words="改口")
    found = list(broken_invariants())
    assert any("its lines are not those" in line for line in found)
    assert any("did not move so" in line for line in found)


def test_a_filing_that_did_not_move_as_decided_is_found(filed: Case):
    with patch.object(joint_actions, "_carry_out", lambda *_given: ""):
        hold(filed, "accept")
    assert any("did not move so" in line for line in broken_invariants())


def test_an_acceptance_that_no_list_decided_is_found(filed: Case):
    made = listed(filed)
    joint_actions.actions.accept(
        filing=filed.filing, facts={"joint": str(made.public_id)}, by=filed.cast["officer"], at=NEXT
    )  # fmt: skip
    assert any("accepted with a list that did not decide so" in line for line in broken_invariants())


def test_a_state_without_its_session_is_found(filed: Case):
    made = listed(filed, "accept")
    JointList.objects.filter(pk=made.pk).update(state="held")
    assert any("no session carried it out" in line for line in broken_invariants())


def test_dropping_asks_first_says_what_is_let_go_and_moves_nothing(filed: Case):
    made = listed(filed, "accept")
    client, here = association_client(filed.cast["officer"]), f"/committees/energy/joint/{made.public_id}/"
    page = client.get(here).content.decode()
    assert 'popovertarget="ask-drop"' in page
    assert "放弃这份会审单？" in page
    assert client.post(here, {"do": "drop", "version": "7"}).status_code == 422, "another version than the one seen"
    assert client.post(here, {"do": "drop", "version": "0"}).status_code == 302
    made.refresh_from_db()
    filed.filing.refresh_from_db()
    assert (made.state, filed.filing.state) == ("dropped", "filed")
    with pytest.raises(MoveRefused):
        drop_list(joint_list=made, by=filed.cast["officer"], at=NEXT)
    assert list(broken_invariants()) == []

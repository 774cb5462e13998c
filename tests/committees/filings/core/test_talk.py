"""Notes that only the committee sees, messages without a return, one conversation, versions side by side."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.filings import actions, checking_actions
from committees.filings.comparing import word_changes
from committees.filings.comparisons import compare_versions
from committees.filings.conversation import read_conversation
from committees.filings.invariants import broken_invariants
from committees.filings.joint_actions import decide_lines, dissent, hold_list, make_list
from committees.filings.models import Message, OfficerNote, Side
from committees.filings.queries import notes_at
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry
from tenants.context import school_scope
from tests.committees.filings.core.ground import AT, Case
from tests.factories.people import officer

NEXT = AT + timedelta(days=2)


@pytest.fixture
def filed(case: Case) -> Case:
    case.file()
    return case


@given(st.text("能源用电 12，。ab", max_size=30), st.text("能源用电 12，。ab", max_size=30))
def test_the_words_of_both_sides_stay_whole(before: str, after: str):
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark != "new") == before
    assert "".join(piece.text for piece in pieces if piece.mark != "gone") == after


def test_words_are_marked_not_letters():
    pieces = word_changes("含宿舍用电", "含食堂用电")
    assert [(piece.text, piece.mark) for piece in pieces] == [
        ("含", ""),
        ("宿舍", "gone"),
        ("食堂", "new"),
        ("用电", ""),
    ]


def test_notes_are_the_committees_until_they_are_sent(filed: Case):
    keep = {"filing": filed.filing, "by": filed.cast["officer"], "at": NEXT}
    assert checking_actions.keep_notes(notes={"new_energy": "漏报？", "area_buildings": "含租用？"}, **keep) == 2
    assert checking_actions.keep_notes(notes={"area_buildings": " "}, **keep) == 1
    with pytest.raises(MoveRefused):
        checking_actions.keep_notes(filing=filed.filing, notes={"new_energy": "x"}, by=filed.cast["clerk_a"], at=NEXT)
    assert [note.text for note in notes_at(filed.filing)] == ["漏报？"]
    assert "漏报？" not in repr(read_conversation(filed.filing))
    actions.return_items(filing=filed.filing, items={"new_energy": "漏报？"}, by=filed.cast["officer"], at=NEXT)
    assert not OfficerNote.objects.exists()
    assert "漏报？" in repr(read_conversation(filed.filing))


def test_a_question_and_its_answer_without_a_return(filed: Case):
    say, school = checking_actions.say, filed.filing.school
    say(
        filing=filed.filing,
        text="光伏装机多少？",
        indicator="new_energy",
        side=Side.COMMITTEE,
        by=filed.cast["officer"],
        at=NEXT,
    )
    waiting = DeskEntry.objects.filter(verb="reply", done_at=None)
    assert [entry.audience for entry in waiting] == [f"school:{school.pk}:clerk"]
    for who in ("clerk_b", "officer", "stranger"):
        with pytest.raises(MoveRefused):
            say(filing=filed.filing, text="x", side=Side.SCHOOL, by=filed.cast[who], at=NEXT)
    say(
        filing=filed.filing,
        text="二百千瓦。",
        indicator="new_energy",
        side=Side.SCHOOL,
        by=filed.cast["clerk_a"],
        at=NEXT,
    )
    assert [entry.audience for entry in waiting.all()] == ["committee:energy:officer"]
    checking_actions.read_messages(filing=filed.filing, side=Side.COMMITTEE, at=NEXT)
    assert not waiting.all().exists()
    turns = read_conversation(filed.filing, item="new_energy")
    assert [(turn.side, turn.words) for turn in turns] == [("committee", "光伏装机多少？"), ("school", "二百千瓦。")]
    filed.filing.refresh_from_db()
    assert filed.filing.state == "filed"
    assert not list(broken_invariants())
    last = Message.objects.latest("pk")
    Message.objects.create(
        filing=filed.filing, number=4, side=Side.SCHOOL, text="x", by=last.by, at=NEXT, chain="0" * 64
    )
    found = list(broken_invariants())
    assert any("missing" in line for line in found)
    assert any("message 4" in line and "was changed" in line for line in found)


def test_return_and_answer_stand_in_one_line_of_time_and_side_by_side(filed: Case):
    actions.return_items(
        filing=filed.filing,
        items={"new_energy": "漏报？", "area_buildings": "含租用？"},
        by=filed.cast["officer"],
        at=NEXT,
    )
    with school_scope(filed.filing.school):
        actions.answer(filing=filed.filing, by=filed.cast["clerk_a"], at=NEXT)
        filed.write({"new_energy": Decimal("204.5")}, NEXT)
    filed.send(NEXT)
    turns = read_conversation(filed.filing)
    answered = {point.code: point for point in turns[-1].points}
    assert set(answered) == {"new_energy", "area_buildings"}
    assert answered["area_buildings"].kept
    assert answered["new_energy"].after == Decimal("204.5")
    comparison = compare_versions(filed.filing)
    assert comparison is not None
    assert (comparison.before.version, comparison.after.version, comparison.changes) == (1, 2, 1)
    item = next(item for section in comparison.sections for item in section.items if item.code == "new_energy")
    assert item.before is not None
    assert item.delta == Decimal("204.5") - item.before
    back = compare_versions(filed.filing, "2", "1")
    assert back is not None
    assert back.before.version == 1


def test_several_officers_decide_over_a_list(filed: Case):
    second = officer(filed.call.committee)
    made = make_list(
        call=filed.call,
        title="三月会审",
        held_on=NEXT.date(),
        filings=[filed.filing],
        by=filed.cast["officer"],
        at=NEXT,
    )
    line = made.lines.get()
    with pytest.raises(MoveRefused):
        hold_list(joint_list=made, by=filed.cast["officer"], at=NEXT)
    with pytest.raises(MoveRefused):
        dissent(line=line, words="x", by=filed.cast["expert1"], at=NEXT)
    dissent(line=line, words="光伏应先核实", by=second, at=NEXT)
    decide_lines(
        joint_list=made,
        present="穆清",
        lines={line.pk: {"decision": "return", "decision_words": "请核"}},
        by=second,
        at=NEXT,
    )
    made.refresh_from_db()
    trail = hold_list(joint_list=made, by=filed.cast["officer"], at=NEXT)
    line.refresh_from_db()
    assert line.outcome  # nothing was noted, so nothing can be returned: told, and the list goes on
    assert trail.facts["lines"][0][2] == line.outcome
    with pytest.raises(MoveRefused):
        decide_lines(joint_list=made, present="", lines={}, by=second, at=NEXT)
    again = make_list(
        call=filed.call, title="再审", held_on=NEXT.date(), filings=[filed.filing], by=filed.cast["officer"], at=NEXT
    )
    decide_lines(joint_list=again, present="", lines={again.lines.get().pk: {"decision": "accept"}}, by=second, at=NEXT)
    hold_list(joint_list=again, by=second, at=NEXT)
    filed.filing.refresh_from_db()
    assert filed.filing.state == "accepted"
    assert not list(broken_invariants())

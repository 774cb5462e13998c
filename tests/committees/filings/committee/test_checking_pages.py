"""The committee's pages beside a filing: checks first, the conversation, the sample, joint lists; none grows with its rows."""

from decimal import Decimal
from itertools import count

import pytest
from django.urls import reverse

from committees.filings.checking import read_sheet
from committees.filings.checking_actions import draw_sample, say
from committees.filings.joint_actions import make_list
from committees.filings.models import JointLine, Side, Verdict
from committees.workflow.models import DeskEntry
from tests.committees.filings.committee.ground import (
    AT,
    bring,
    later,
    make_call,
    more_schools,
)
from tests.ground.clients import association_client, client_on

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]


@pytest.fixture
def call(cast):
    """An open call to both schools."""
    return make_call(cast, [cast.school_a, cast.school_b])


def address(name: str, row) -> str:
    return reverse(name, kwargs={"code": "energy", "public_id": row.public_id})


def ask(cast, filing, at, side=Side.COMMITTEE):
    by = cast["officer"] if side == Side.COMMITTEE else cast["clerk_a"]
    say(filing=filing, text="光伏装机多少？", side=side, by=by, at=at)


def test_checks_stand_first_by_rule_with_a_way_to_each_item(cast, call):
    bring(cast, make_call(cast, [cast.school_a], period="2024"), cast.school_a, "accepted", new_energy=10)
    filing = bring(cast, call, cast.school_a, "filed", new_energy=500)
    sheet = read_sheet(filing)
    assert sheet is not None
    hits = {check.id: check for check in sheet.hits}
    assert {spot.code for spot in hits["E07"].spots} == {"new_energy"}
    assert sum(len(check.spots) for check in sheet.checks) == sheet.doubts
    assert [check.id for check in sheet.checks] == [f"E0{n}" for n in range(1, 9)]
    assert {check.id for check in sheet.passed} == {f"E0{n}" for n in range(1, 9)} - set(hits)
    text = association_client(cast["officer"]).get(address("committee_filing", filing)).content.decode()
    panel = text[text.index('id="checks"') : text.index('class="hq-sheet hq-form-sec"')]
    for shown in ("E07", str(hits["E07"].name), str(hits["E07"].advice), 'href="#i-new_energy"', "学校已说明"):
        assert shown in panel, shown
    assert 'id="i-new_energy"' in text[text.index('class="hq-sheet hq-form-sec"') :]


def test_a_filing_in_which_nothing_was_found_says_so(cast, call):
    filing = bring(cast, call, cast.school_a, "filed")
    sheet = read_sheet(filing)
    assert sheet is not None
    if not sheet.hits:
        text = association_client(cast["officer"]).get(address("committee_filing", filing)).content.decode()
        assert "各条规则均未发现问题" in text


def test_looking_at_the_conversation_changes_nothing_and_a_button_says_it_was_read(cast, call):
    filing = bring(cast, call, cast.school_a, "filed")
    ask(cast, filing, later(1), Side.SCHOOL)
    waiting = DeskEntry.objects.filter(verb="reply", done_at=None)
    officer, path = association_client(cast["officer"]), address("committee_talk", filing)
    assert 'value="read"' in officer.get(path).content.decode()
    officer.head(path)
    assert waiting.count() == 1
    assert officer.post(address("committee_say", filing), {"do": "read"}).status_code == 302
    assert not waiting.exists()
    assert 'value="read"' not in officer.get(path).content.decode()
    ask(cast, filing, later(2))
    school, talk = client_on(cast.school_a.host, cast["clerk_a"]), f"/filings/{filing.public_id}/talk/"
    assert 'value="read"' in school.get(talk).content.decode()
    assert waiting.count() == 1
    assert school.post(talk, {"do": "read"}).status_code == 302
    assert not waiting.exists()


def test_the_conversation_costs_the_same_with_one_message_and_three(cast, call, queries):
    filing = bring(cast, call, cast.school_a, "filed")
    hours, officer = count(1), association_client(cast["officer"])
    queries.at_1_and_3(
        13, lambda: ask(cast, filing, later(1, next(hours))), lambda: officer.get(address("committee_talk", filing))
    )


def test_the_schools_conversation_costs_the_same(cast, call, queries):
    filing = bring(cast, call, cast.school_a, "filed")
    hours, clerk = count(1), client_on(cast.school_a.host, cast["clerk_a"])
    queries.at_1_and_3(
        15, lambda: ask(cast, filing, later(1, next(hours))), lambda: clerk.get(f"/filings/{filing.public_id}/talk/")
    )


def test_joint_lists_cost_the_same(cast, call, queries):
    filing = bring(cast, call, cast.school_a, "filed")
    officer = association_client(cast["officer"])

    def one_more():
        make_list(call=call, title="会审", held_on=AT.date(), filings=[filing], by=cast["officer"], at=later(1))

    queries.at_1_and_3(9, one_more, lambda: officer.get(reverse("committee_joints", kwargs={"code": "energy"})))


@pytest.mark.parametrize("name", ["committee_joint", "committee_minutes"])
def test_one_joint_list_costs_the_same_with_one_line_and_three(cast, call, queries, name):
    filing = bring(cast, call, cast.school_a, "filed")
    made = make_list(call=call, title="会审", held_on=AT.date(), filings=[filing], by=cast["officer"], at=later(1))
    JointLine.objects.filter(joint_list=made).delete()
    others = iter([filing, *(bring(cast, call, one, "filed") for one in _more(cast, call, 2))])
    officer = association_client(cast["officer"])

    def one_more():
        JointLine.objects.create(joint_list=made, filing=next(others), proposal=Verdict.ACCEPT)

    queries.at_1_and_3(8, one_more, lambda: officer.get(address(name, made)))


def test_the_sample_costs_the_same_with_one_filing_and_three(cast, call, queries):
    schools = iter([cast.school_a, *_more(cast, call, 2)])
    officer = association_client(cast["officer"])
    queries.at_1_and_3(
        12, lambda: bring(cast, call, next(schools), "filed"), lambda: officer.get(address("committee_sample", call))
    )


def test_a_drawn_sample_costs_the_same_for_any_number_drawn(cast, queries):
    """One filing of one call drawn, three of another: the same queries."""
    officer = association_client(cast["officer"])
    for period, number in (("2024", 1), ("2025", 3)):
        schools = [cast.school_a, cast.school_b, *more_schools(1)][:number]
        call = make_call(cast, schools, period=period)
        for school in schools:
            bring(cast, call, school, "filed")
        draw_sample(call=call, percent=Decimal(100), by=cast["officer"], at=later(2))
        officer.get(address("committee_sample", call))
        with queries(15):
            assert officer.get(address("committee_sample", call)).status_code == 200


def _more(cast, call, number):
    """Further schools, addressed by the call."""
    from committees.filings.actions import address as send_to

    schools = more_schools(number)
    send_to(call, schools, call.due_on, AT)
    return schools

"""The committee's pages beside a filing: checks first, the conversation, the sample, joint lists; none grows with its rows."""

import pytest
from django.urls import reverse

from committees.filings.checking import read_sheet
from committees.filings.checking_actions import say
from committees.filings.models import Side
from committees.workflow.models import DeskEntry
from tests.committees.filings.committee.ground import (
    bring,
    later,
    make_call,
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

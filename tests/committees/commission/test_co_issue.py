"""A call that a committee and the commission issue together: agreed to before it opens, both names wherever it stands."""

from unittest.mock import patch

import pytest

from committees.filings import actions, co_issue_actions
from committees.filings.call_actions import change_call, reword_call
from committees.filings.call_words import words_of
from committees.filings.co_issue_actions import agree_to_call, decline_call, propose_call, take_back_call
from committees.filings.invariants import broken_invariants
from committees.filings.models import Call
from committees.filings.receipt import receipt_json, receipt_pdf
from committees.filings.slugs import slug_of
from committees.notices.models import Notice
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry, Trail
from tests.committees.filings.committee.ground import AT, bring, later, make_call, more_schools, seat
from tests.ground.clients import association_client, school_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-13")]
BOTH = "能源管理专业委员会、市教育委员会"


@pytest.fixture
def draft(cast) -> Call:
    return make_call(cast, [], co_issued=True)


def page_of(call: Call) -> str:
    return f"/committees/energy/calls/{call.public_id}/commission/"


def test_it_opens_only_as_the_commission_agreed_to_it(cast, draft):
    officer, commission = cast["officer"], cast["commission"]
    schools = [cast.school_a]
    with pytest.raises(MoveRefused, match="市教育委员会同意"):
        actions.open_call(call=draft, schools=schools, by=officer, at=AT)
    propose_call(call=draft, by=officer, at=AT)
    with pytest.raises(MoveRefused):
        actions.open_call(call=draft, schools=schools, by=officer, at=AT)
    with pytest.raises(MoveRefused, match="先撤回"):
        change_call(
            call=draft, kind=draft.kind, form=draft.form, period="2025", title_zh="改", title_en="x",
            opens_on=draft.opens_on, due_on=draft.due_on, disclosure="totals", text="", attribution="", by=officer, at=AT,
        )  # fmt: skip
    agree_to_call(call=draft, by=commission, at=later(hours=1))
    take_back_call(call=draft, by=officer, at=later(hours=2))
    with pytest.raises(MoveRefused):
        actions.open_call(call=draft, schools=schools, by=officer, at=later(hours=3))
    propose_call(call=draft, by=officer, at=later(hours=4))
    agree_to_call(call=draft, by=commission, at=later(hours=5))
    actions.open_call(call=draft, schools=schools, by=officer, at=later(hours=6))
    agreed = Trail.objects.filter(subject=draft.public_id, move="agree").latest("version")
    opened = Trail.objects.get(subject=draft.public_id, move="open")
    assert agreed.facts["words"] == opened.facts["words"]
    assert list(broken_invariants()) == []


def test_only_the_commission_agrees_and_never_to_its_own_proposal(cast, draft):
    propose_call(call=draft, by=cast["officer"], at=AT)
    for who in ("officer", "expert1", "secretary", "head_a", "stranger"):
        with pytest.raises(MoveRefused):
            agree_to_call(call=draft, by=cast[who], at=AT)
    both = seat(cast.committee, "chair", cast["commission"])
    with pytest.raises(MoveRefused):
        agree_to_call(call=draft, by=both, at=AT)


def test_a_call_of_the_committee_alone_is_never_sent_to_the_commission(cast):
    call = make_call(cast, [])
    with pytest.raises(MoveRefused):
        propose_call(call=call, by=cast["officer"], at=AT)
    assert association_client(cast["commission"]).get(page_of(call)).status_code == 404
    actions.open_call(call=call, schools=[cast.school_a], by=cast["officer"], at=AT)
    assert call.issuer == "能源管理专业委员会"


def test_the_way_through_the_pages(cast, draft):
    officer, commission = association_client(cast["officer"]), association_client(cast["commission"])
    assert commission.get(page_of(draft)).status_code == 404
    assert "送市教委会签" in officer.get(f"/committees/energy/calls/{draft.public_id}/").content.decode()
    move = f"/committees/energy/calls/{draft.public_id}/move/"
    officer.post(move, {"do": "propose", "version": "0"})
    listed = commission.get("/commission/calls/").content.decode()
    assert draft.title_zh in listed
    assert draft.title_zh in commission.get("/desk/").content.decode()
    assert "联合印发这份通知" in commission.get(page_of(draft)).content.decode()
    assert commission.post(page_of(draft), {"do": "decline", "version": "1"}).status_code == 422
    commission.post(page_of(draft), {"do": "decline", "reason": "期限偏紧。", "version": "1"})
    assert "期限偏紧。" in officer.get(f"/committees/energy/calls/{draft.public_id}/").content.decode()
    assert commission.get(page_of(draft)).status_code == 404
    officer.post(move, {"do": "propose", "version": "2"})
    assert commission.post(page_of(draft), {"do": "agree", "version": "1"}).status_code == 409
    assert commission.post(page_of(draft), {"do": "agree", "version": "3"}).status_code == 302
    text = officer.get(f"/committees/energy/calls/{draft.public_id}/").content.decode()
    assert BOTH in text
    assert "沈衡于" in text
    opened = officer.post(
        f"/committees/energy/calls/{draft.public_id}/open/", {"school": ["lingang"], "confirmed": "1", "version": "4"}
    )
    assert opened.status_code == 302
    assert Call.objects.get().state == "opened"


def test_each_side_is_told_and_has_it_on_the_desk(cast, draft):
    propose_call(call=draft, by=cast["officer"], at=AT)
    told = Notice.objects.get(person=cast["commission"])
    assert (told.topic, told.title_zh) == ("call.propose", f"请会签：{draft.title_zh}")
    assert DeskEntry.objects.get(done_at=None).audience == "association:commission"
    decline_call(call=draft, reason="期限偏紧。", by=cast["commission"], at=later(hours=1))
    back = Notice.objects.get(person=cast["officer"])
    assert (back.topic, back.quoted) == ("call.decline", "期限偏紧。")
    assert not DeskEntry.objects.filter(done_at=None).exists()
    propose_call(call=draft, by=cast["officer"], at=later(hours=2))
    agree_to_call(call=draft, by=cast["commission"], at=later(hours=3))
    assert DeskEntry.objects.get(done_at=None).audience == "committee:energy:officer"
    actions.open_call(call=draft, schools=[cast.school_a], by=cast["officer"], at=later(hours=4))
    reword_call(call=draft, words={"text": "新的说明"}, reason="补充", by=cast["officer"], at=later(hours=5))
    assert Notice.objects.filter(person=cast["commission"], topic="call.reword").count() == 1


def test_both_names_stand_on_everything(cast, draft):
    propose_call(call=draft, by=cast["officer"], at=AT)
    agree_to_call(call=draft, by=cast["commission"], at=AT)
    schools = [cast.school_a, *more_schools(3)]
    actions.open_call(call=draft, schools=schools, by=cast["officer"], at=AT)
    mail = Notice.objects.get(person=cast["clerk_a"], topic="call.open")
    assert BOTH in mail.words_zh
    assert "Energy Committee and the education commission" in mail.words_en
    case = draft.filings.get(school=cast.school_a)
    assert BOTH in school_client(cast.school_a, cast["clerk_a"]).get(f"/filings/{case.public_id}/").content.decode()
    for school in schools:
        filing = bring(cast, draft, school, "accepted")
    assert '"issuer_zh": "' + BOTH in receipt_json(filing, filing.latest)
    assert receipt_pdf(filing, filing.latest).startswith(b"%PDF")
    assert BOTH in association_client().get(f"/bulletins/{slug_of(draft.number)}/").content.decode()
    assert (
        BOTH in association_client(cast["officer"]).get(f"/committees/energy/calls/{draft.public_id}/").content.decode()
    )


def test_an_opening_that_was_not_agreed_to_is_found(cast, draft):
    propose_call(call=draft, by=cast["officer"], at=AT)
    with patch.object(co_issue_actions, "words_of", lambda call: {**words_of(call), "due_on": "2026-12-31"}):
        agree_to_call(call=draft, by=cast["commission"], at=AT)
    actions.open_call(call=draft, schools=[cast.school_a], by=cast["officer"], at=AT)
    assert list(broken_invariants()) == [f"call {draft.number}: opened otherwise than the commission had agreed to"]

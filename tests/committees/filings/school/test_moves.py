"""The moves of a school by its pages: each once, refused with who and when, nothing lost."""

import pytest
from django.utils import timezone

from committees.filings import actions
from committees.filings.models import FilingVersion
from committees.workflow.models import Trail
from tenants.models import SchoolRole
from tests.committees.filings.school.ground import VALUES, Case, hidden
from tests.ground.cast import PASSWORD
from tests.ground.clients import client_on


def move(case: Case, name: str, who: str = "clerk_a", client=None, **fields: str):
    """Open the page of a move and press its button."""
    browser = client or case.client(who)
    page = browser.get(f"{case.path}{name}/")
    if page.status_code != 200:
        return page
    given = {"version": hidden(page, "version"), "key": hidden(page, "key"), **fields}
    return browser.post(f"{case.path}{name}/", given)


@pytest.fixture
def ready(case: Case) -> Case:
    """A whole return."""
    case.begin()
    case.write(VALUES)
    return case


@pytest.mark.requirement("S9-33")
def test_from_the_call_to_the_receipt(case: Case):
    page = case.client().get(case.path)
    begun = case.client().post(f"{case.path}start/", {"version": hidden(page, "version"), "key": hidden(page, "key")})
    assert begun.url == f"{case.path}prepare/"
    case.write(VALUES)
    assert move(case, "request_approval").url == case.path
    assert case.state() == "approval_requested"
    assert move(case, "file", "head_a").status_code == 400  # the statement is not ticked
    assert case.state() == "approval_requested"
    assert move(case, "file", "head_a", stated="1", password=PASSWORD).url == case.path
    assert case.state() == "filed"
    assert case.filing.latest.seal in case.client("head_a").get(case.path).content.decode()


@pytest.mark.requirement("WFL")
def test_the_same_press_twice_has_one_effect(ready: Case):
    move(ready, "request_approval")
    client = ready.client("head_a")
    page = client.get(f"{ready.path}file/")
    given = {"version": hidden(page, "version"), "key": hidden(page, "key"), "stated": "1", "password": PASSWORD}
    first, second = (client.post(f"{ready.path}file/", given) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert FilingVersion.objects.filter(filing=ready.filing).count() == 1
    assert Trail.objects.filter(subject=ready.filing.public_id, move="file").count() == 1


def test_a_late_press_hears_who_was_faster(ready: Case):
    late = ready.client()
    page = late.get(f"{ready.path}request_approval/")
    given = {"version": hidden(page, "version"), "key": hidden(page, "key")}
    move(ready, "request_approval", "head_a")
    answer = late.post(f"{ready.path}request_approval/", given)
    assert answer.status_code == 409
    assert ready.cast["head_a"].name in answer.content.decode()


def test_the_head_gives_back_with_a_reason_and_the_clerk_takes_back(ready: Case):
    move(ready, "request_approval")
    assert move(ready, "send_back", "head_a", reason=" ").status_code == 409
    kept = move(ready, "send_back", "head_a", reason="水费请再对一遍账单。")
    assert kept.url == ready.path
    assert ready.state() == "started"
    assert "水费请再对一遍账单。" in ready.client().get(ready.path).content.decode()
    move(ready, "request_approval")
    assert move(ready, "recall").url == f"{ready.path}prepare/"


def test_withdrawing_keeps_the_sealed_version(ready: Case):
    move(ready, "request_approval")
    move(ready, "file", "head_a", stated="1", password=PASSWORD)
    assert move(ready, "withdraw", "head_a", reason="漏了食堂用电。").url == ready.path
    assert ready.state() == "started"
    assert "漏了食堂用电。" in ready.client().get(ready.path).content.decode()
    assert FilingVersion.objects.filter(filing=ready.filing).count() == 1


@pytest.mark.requirement("S9-33")
def test_questions_stand_at_their_items_until_answered(ready: Case):
    move(ready, "request_approval")
    move(ready, "file", "head_a", stated="1", password=PASSWORD)
    ready.filing.refresh_from_db()
    at = timezone.now()
    actions.return_items(filing=ready.filing, items={"water": "是否含家属区？"}, by=ready.cast["officer"], at=at)
    assert "是否含家属区？" in ready.client().get(ready.path).content.decode()
    page = ready.client().get(ready.path)
    given = {"version": hidden(page, "version"), "key": hidden(page, "key")}
    assert ready.client().post(f"{ready.path}answer/", given).url == f"{ready.path}prepare/"
    assert "是否含家属区？" in ready.client().get(f"{ready.path}prepare/").content.decode()
    ready.client().post(f"{ready.path}prepare/", {"revision": ready.draft().revision, "q-water": "1,500,000"})
    confirm = ready.client().get(f"{ready.path}request_approval/").content.decode()
    assert "1,986,500" in confirm
    assert "1,500,000" in confirm
    move(ready, "request_approval")
    move(ready, "file", "head_a", stated="1", password=PASSWORD)
    assert FilingVersion.objects.filter(filing=ready.filing).count() == 2


def test_head_and_clerk_in_one_person(ready: Case, member):
    both = member(ready.cast.school_a, SchoolRole.HEAD)
    member(ready.cast.school_a, SchoolRole.CLERK, user=both)
    client = client_on(ready.cast.school_a.host, both)
    move(ready, "request_approval", client=client)
    assert move(ready, "file", client=client, stated="1", password=PASSWORD).url == ready.path
    assert ready.state() == "filed"


def test_moves_of_others_are_not_offered(ready: Case):
    assert ready.client().get(f"{ready.path}accept/").status_code == 404
    assert ready.client().get(f"{ready.path}file/").status_code == 302
    answer = ready.client().post(f"{ready.path}file/", {"stated": "1"})
    assert answer.status_code == 409
    assert ready.state() == "started"

"""One effect, however often a button is pressed and whoever presses it: double clicks, repeated posts, two officers."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from committees.filings.models import Decision, FilingVersion
from committees.workflow.models import Trail
from tests.ground.browser import sign_in
from tests.ground.cast import PASSWORD, SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import Case, case_of, numbers, open_call, said

pytestmark = [pytest.mark.journey, pytest.mark.requirement("WFL")]


def trails(case: Case, move: str) -> int:
    """How often a move was made."""
    return Trail.objects.filter(subject=case.filing.public_id, move=move).count()


def repeat(page: Page, action: str, form: dict[str, str]) -> int:
    """Post the same form again, from the page's own origin; the status at the end."""
    script = """([action, body]) => fetch(action, {method: "POST", body, headers:
        {"Content-Type": "application/x-www-form-urlencoded"}}).then(answer => answer.status)"""
    return int(page.evaluate(script, [action, urlencode(form)]))


def fields(page: Page, selector: str) -> dict[str, str]:
    """What a form would send."""
    script = "form => Object.fromEntries(new FormData(form))"
    return dict(page.locator(selector).evaluate(script))


def test_filing_twice_seals_once(live: Live, open_page, cast: Cast):
    case = case_of(cast, open_call(cast, "2025"), cast.school_a).begin(numbers()).ask_head()
    page = open_page()
    sign_in(page, live, "head_a")
    address = f"{live.school_url(SCHOOL_A)}{case.path}file/"
    page.goto(address)
    page.locator("#stated").check()
    page.locator("#proof-password").fill(PASSWORD)
    form = fields(page, "form:has(#stated)")
    page.get_by_role("button", name="审定并报送").dblclick()
    said(page, "已报送并封存")

    # The same form, sent three times more.
    assert [repeat(page, address, form) for _ in range(3)] == [200, 200, 200]
    # Back to the page that filed, and once more.
    page.go_back()
    page.wait_for_load_state()
    if page.locator("#stated").count():
        page.locator("#stated").check()
        page.locator("#proof-password").fill(PASSWORD)
        page.get_by_role("button", name="审定并报送").click()
    page.wait_for_url(re.compile(f"{case.path}(file/)?$"))
    assert FilingVersion.objects.filter(filing=case.filing).count() == 1
    assert trails(case, "file") == 1


def test_accepting_twice_counts_once(live: Live, open_page, cast: Cast):
    case = case_of(cast, open_call(cast, "2025"), cast.school_a).file()
    page = open_page()
    sign_in(page, live, "officer")
    page.goto(f"{live.url}{case.check_path}")
    form = {**fields(page, "#decide"), "do": "accept"}
    page.locator("[popovertarget=ask-accept]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="通过").dblclick()
    said(page, "已收下")
    assert repeat(page, f"{live.url}{case.check_path}decide/", form) == 200
    assert trails(case, "accept") == 1
    assert Decision.objects.filter(filing_version__filing=case.filing).count() == 1
    live.manage("verify_invariants")


def test_the_second_officer_is_told_who_and_when(live: Live, open_page, cast: Cast):
    from committees.roster.models import Seat, SeatKind
    from tests.ground.cast import BEGIN

    Seat.objects.create(committee=cast.committee, user=cast["stranger"], kind=SeatKind.OFFICER, starts_on=BEGIN)
    case = case_of(cast, open_call(cast, "2025"), cast.school_a).file()
    first, second = open_page(), open_page()
    for page, account in ((first, "officer"), (second, "stranger")):
        sign_in(page, live, account)
        page.goto(f"{live.url}{case.check_path}")
    second.locator("#a-new_energy").fill("是否含太阳能热水？")

    first.locator("[popovertarget=ask-accept]").first.click()
    first.get_by_role("dialog").get_by_role("button", name="通过").click()
    said(first, "已收下")
    second.get_by_role("button", name="带着问题退回").click()
    second.get_by_role("dialog").get_by_role("button", name="退回").click()

    said(second, "穆清先了一步")
    expect(second.locator("#messages")).to_have_text(re.compile(r"穆清先了一步：.*\d{1,2}:\d\d.*“已?收下”"))
    case.filing.refresh_from_db()
    assert case.filing.state == "accepted"
    assert Decision.objects.filter(filing_version__filing=case.filing).count() == 1

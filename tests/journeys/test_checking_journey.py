"""Checking in a browser: the stamped scan, a return by item, versions side by side, a correction after acceptance."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from committees.filings.models import FilingVersion
from portal.demo.checking import stamped_page
from tenants.clock import local_day
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.cast import PASSWORD, SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import Case, case_of, now, numbers, open_call, said, slug

pytestmark = [pytest.mark.journey, *map(pytest.mark.requirement, ("S9-75", "S9-33", "S9-77"))]
QUESTION = "宿舍燃料是否把食堂用气也计入了？"


def test_from_the_stamped_scan_to_a_correction(live: Live, open_page, cast: Cast):
    case_of(cast, open_call(cast, "2024"), cast.school_a).file(numbers()).accept()
    case = case_of(cast, open_call(cast, "2025"), cast.school_a).begin(numbers()).ask_head()
    clerk, head, officer, visitor = open_page(), open_page(), open_page(), open_page()
    sign_in(clerk, live, "clerk_a")
    sign_in(officer, live, "officer")
    sign_in(head, live, "head_a")

    file_by_scan(clerk, live, case)
    return_by_item(officer, live, case)
    answer_and_ask(clerk, live, case, "#q-fossil_dormitories", "612.5")
    approve(head, live, case)
    read_side_by_side(officer, live, case)
    decide(officer, live, case, "ask-accept", "通过", "已收下")

    ask_for_correction(clerk, live, case)
    officer.goto(f"{live.url}{case.check_path}")
    expect(officer.locator(".hq-decide q")).to_have_text("电表倍率填错")
    axe(officer)
    officer.locator("button[value=grant_correction]").click()
    said(officer, "已同意更正")
    answer_and_ask(clerk, live, case, "#q-electricity_buildings", "13000")
    approve(head, live, case)
    decide(officer, live, case, "ask-accept", "通过", "已收下")

    counted = FilingVersion.objects.get(filing=case.filing, version=3)
    case.filing.refresh_from_db()
    assert case.filing.counted_id == counted.pk
    visitor.goto(f"{live.url}/filings/{slug(case.filing.number)}/")
    old = visitor.locator(".hq-sec:has(#h-former) tbody tr").filter(has=visitor.locator("del", has_text="13,876"))
    today = local_day(now())
    expect(old.first).to_contain_text(f"{today.month}月{today.day}日")
    axe(visitor)
    no_overflow(visitor)
    shot(visitor, "checking-card-corrected-zh-1280")
    live.manage("verify_invariants")


def school(live: Live, case: Case, more: str = "") -> str:
    return f"{live.school_url(SCHOOL_A)}{case.path}{more}"


def file_by_scan(page: Page, live: Live, case: Case) -> None:
    """The clerk files with the picture of the stamped paper."""
    page.goto(school(live, case, "file_scan/"))
    today = local_day(now()).isoformat()
    page.locator("#signer").fill("林渡")
    page.locator("#signed_on").fill(today)
    content = stamped_page("临港理工大学", "能源年报", "林渡", today)
    page.locator("#scan").set_input_files({"name": "盖章页.jpg", "mimeType": "image/jpeg", "buffer": content})
    axe(page)
    no_overflow(page)
    shot(page, "checking-scan-zh-1280")
    page.locator("form:has(#scan) .hq-btn.is-main").click()
    said(page, "盖章扫描件")
    assert FilingVersion.objects.get(filing=case.filing).way == "scan"


def return_by_item(page: Page, live: Live, case: Case) -> None:
    """The officer sees the scan beside the values, and asks about one item."""
    page.goto(f"{live.url}{case.check_path}")
    scan = page.locator("img.hq-scan")
    expect(scan).to_be_visible()
    assert scan.evaluate("one => one.complete && one.naturalWidth > 100")
    expect(page.locator("#checks")).to_be_visible()
    shot(page, "checking-officer-scan-zh-1280")
    page.locator("#a-fossil_dormitories").fill(QUESTION)
    decide(page, live, case, "ask-return", "退回", "已退回", stay=True)


def decide(page: Page, live: Live, case: Case, dialog: str, word: str, told: str, *, stay: bool = False) -> None:
    """Press a decision and confirm it in its dialog."""
    if not stay:
        page.goto(f"{live.url}{case.check_path}")
    page.locator(f"[popovertarget={dialog}]").first.click()
    page.get_by_role("dialog").get_by_role("button", name=word).click()
    said(page, told)


def answer_and_ask(page: Page, live: Live, case: Case, field: str, value: str) -> None:
    """The clerk opens what came back, changes one value and sends it to the head."""
    page.goto(school(live, case))
    if page.locator("form[action$='/answer/'] .hq-btn").count():
        page.locator("form[action$='/answer/'] .hq-btn").first.click()
    page.goto(school(live, case, "prepare/"))
    with page.expect_response("**/prepare/save/") as saving:
        page.locator(field).fill(value)
    assert saving.value.ok
    page.get_by_role("button", name="送负责人审定").click()
    page.wait_for_url("**/request_approval/")
    page.locator("main form .hq-btn.is-main").click()
    said(page, "已送")


def approve(page: Page, live: Live, case: Case) -> None:
    """The head gives a wrong password first, then the right one."""
    page.goto(school(live, case, "file/"))
    page.locator("#stated").check()
    page.locator("#proof-password").fill("not-this-one")
    page.get_by_role("button", name="审定并报送").click()
    expect(page.locator("main")).to_contain_text("密码不对")
    axe(page)
    page.locator("#stated").check()
    page.locator("#proof-password").fill(PASSWORD)
    page.get_by_role("button", name="审定并报送").click()
    said(page, "已报送并封存")


def read_side_by_side(page: Page, live: Live, case: Case) -> None:
    """Both versions: one value differs, and how each was approved."""
    page.goto(f"{live.url}{case.check_path}compare/")
    row = page.locator("#compare tr.mine").filter(has=page.locator("ins", has_text=re.compile(r"^612\.5$")))
    expect(row.locator("del")).to_have_text("655")
    axe(page)
    no_overflow(page)
    shot(page, "checking-compare-zh-1280")
    page.goto(f"{live.url}{case.check_path}talk/")
    expect(page.locator(".hq-talk")).to_contain_text(QUESTION)
    axe(page)
    assert Decimal("612.5") == Decimal(page.locator(".hq-points ins").first.inner_text().split()[0])
    shot(page, "checking-talk-zh-1280")


def ask_for_correction(page: Page, live: Live, case: Case) -> None:
    """The clerk asks to correct what was accepted."""
    page.goto(school(live, case, "ask_correction/"))
    page.locator("#reason").fill("电表倍率填错")
    axe(page)
    page.locator("main form .hq-btn.is-main").click()
    said(page, "已")

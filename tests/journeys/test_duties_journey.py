"""The officer's way with one duty: more time, letting off, opening again; and what the clerk finds."""

import pytest
from playwright.sync_api import Page, expect

from tests.ground.browser import sign_in
from tests.ground.cast import SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import case_of, now, open_call, said

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-56")]


def ask(page: Page, button: str, move: str, reason: str) -> None:
    """Open the question, give the reason, say yes; the day proposed is taken."""
    page.locator(f"button[popovertarget='ask-{move}']").first.click()
    dialog = page.locator(f"#ask-{move}")
    expect(dialog).to_be_visible()
    dialog.locator("textarea").fill(reason)
    dialog.get_by_role("button", name=button, exact=True).click()


def test_more_time_then_let_off_then_opened_again(live: Live, open_page, cast: Cast):
    case = case_of(cast, open_call(cast, "2024"), cast.school_a)
    officer, clerk = open_page(), open_page()
    sign_in(officer, live, "officer")
    officer.goto(f"{live.url}/committees/energy{case.path}")
    ask(officer, "延期", "extend", "电表更换，账单未到")
    said(officer, "已延期，并告知学校。")
    ask(officer, "免报", "waive", "本期由上级单位统一报送")
    said(officer, "已免报并告知学校，不再计入未报。")
    ask(officer, "重新开启", "reopen", "上级单位不再代报")
    said(officer, "已重新开启，并告知学校。")
    case.filing.refresh_from_db()
    case.filing.duty.refresh_from_db()
    assert case.filing.state == "addressed"
    assert case.filing.duty.due_on > now().date()
    sign_in(clerk, live, "clerk_a")
    clerk.goto(f"{live.school_url(SCHOOL_A)}{case.path}")
    expect(clerk.get_by_text("上级单位不再代报")).to_be_visible()
    clerk.get_by_role("button", name="开始填报").click()
    expect(clerk.locator("#q-area_buildings")).to_be_visible()

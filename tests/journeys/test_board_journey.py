"""The officer's board without a mouse: walk, tick, tick all, remind; and the clerk who is reminded, on the school's host."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from committees.filings.models import Call, Duty, Reminder
from committees.notices.models import Notice
from tenants.clock import local_day
from tests.ground.browser import axe, no_overflow, sign_in
from tests.ground.cast import SCHOOL_A
from tests.journeys.ground import case_of, now, open_call, said

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-75")]


@pytest.fixture
def call(live, cast):
    """A call that both schools are late with."""
    made = open_call(cast, "2033", days_ago=20)
    due = local_day(now()) - timedelta(days=6)
    Duty.objects.filter(call=made).update(due_on=due)
    Call.objects.filter(pk=made.pk).update(due_on=due)
    Notice.objects.all().delete()
    return made


def test_remind_by_keyboard_alone(live, cast, call, open_page):
    page = open_page()
    sign_in(page, live, "officer")
    page.goto(f"{live.url}/committees/energy/board/?call={call.public_id}")
    names = page.locator("[data-board] th.sch > a")
    ticks = page.locator('[data-board] input[name="school"]')
    expect(names).to_have_count(2)
    page.keyboard.press("j")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("x")
    expect(ticks.nth(0)).to_be_checked()
    expect(page.locator("[data-said]")).to_contain_text("已勾选1所")
    page.keyboard.press("x")
    expect(ticks.nth(0)).not_to_be_checked()
    every = page.get_by_role("checkbox", name="勾选本页全部学校")
    every.focus()
    page.keyboard.press("Space")
    expect(ticks.nth(1)).to_be_checked()
    expect(page.locator("[data-said]")).to_contain_text("已勾选2所")
    axe(page)
    button = page.get_by_role("button", name="催勾选的学校")
    for _press in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/board/remind/?**")
    page.get_by_label("附一句话").focus()
    page.keyboard.type("jqx")
    axe(page)
    send = page.get_by_role("button", name="催这2所")
    for _press in range(20):
        page.keyboard.press("Tab")
        if send.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    said(page, "已催2所")
    assert Reminder.objects.filter(filing__call=call, note="jqx").count() == 2


def test_who_is_reminded_finds_it_in_bell_and_desk(live, cast, call, open_page):
    page = open_page()
    sign_in(page, live, "officer")
    page.goto(f"{live.url}/committees/energy/board/?call={call.public_id}")
    page.get_by_role("link", name="催全部逾期的2所").click()
    page.get_by_label("附一句话").fill("请今天报来")
    page.get_by_role("button", name="催这2所").click()
    said(page, "已催2所")
    clerk = open_page(width=390)
    sign_in(clerk, live, "clerk_a")
    clerk.goto(f"{live.school_url(SCHOOL_A)}/desk/")
    expect(clerk.get_by_text("2033年度一次能源口径年报").first).to_be_visible()
    no_overflow(clerk)
    clerk.get_by_role("link", name="提醒，1条未读").click()
    expect(clerk.get_by_text("请今天报来")).to_be_visible()
    no_overflow(clerk)
    axe(clerk)
    clerk.get_by_role("main").get_by_role("link", name="2033年度一次能源口径年报").first.click()
    clerk.wait_for_url(f"**{case_of(cast, call, cast.school_a).path}**")

"""The commission's table: a call issued together, a comment with its answer, the countersignature, a correction after it."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from committees.calendar.workdays import add_workdays
from committees.commission.queries import digest_of_table, standing_of
from committees.filings import actions, correction_actions
from committees.filings.models import Call, FormVersion, RollUp
from tenants.clock import local_day
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.cast import SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import ENERGY, now, said, total
from tests.journeys.year import Enrolled, enrol, scaled, summed

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-13")]
BOTH = "能源管理专业委员会、市教育委员会"


@pytest.fixture
def call(cast: Cast) -> Call:
    """A draft that both issue."""
    today = local_day(now())
    return actions.draft_call(
        committee=cast.committee, kind="energy-primary", form=FormVersion.objects.get(code="energy-primary"),
        period="2025", title_zh="2025年度一次能源口径年报", title_en="Primary energy return 2025", opens_on=today,
        due_on=add_workdays(today, 20), disclosure="named", text="没有的项填0。", co_issued=True, by=cast["officer"], at=now(),
    )  # fmt: skip


def test_the_commissions_table(live: Live, open_page, cast: Cast, call: Call, tmp_path: Path):
    schools = enrol(cast, 4).schools
    officer, commission, clerk, visitor = (open_page() for _ in range(4))
    sign_in(officer, live, "officer")
    sign_in(commission, live, "commission")
    issue_together(officer, commission, live, call)
    sign_in(clerk, live, "clerk_a")
    clerk.goto(f"{live.school_url(SCHOOL_A)}/filings/{schools[0].filing(call).public_id}/")
    expect(clerk.locator("main")).to_contain_text(BOTH)

    returns = [scaled(times) for times in (1, 2, 3)]
    for one, values in zip(schools, returns, strict=False):
        actions.accept(filing=one.file(call, values, now() - timedelta(hours=2)), by=cast["officer"], at=now())
    call.refresh_from_db()
    actions.close_call(call=call, by=cast["officer"], at=now())
    unfiled_is_not_seen(commission, live, call, schools[3])
    comment_and_answer(officer, commission, live, call)
    countersign(commission, live, call)
    assert read_table(commission, live, call, tmp_path)[4:6] == ["3", digest_of_table(call)[0]]
    assert total(visitor, live, call, "综合能耗") == summed(returns, ENERGY)

    returns[0] = correct(cast, call, schools[0])
    assert standing_of(call).changed
    assert read_table(commission, live, call, tmp_path)[8] not in {"", "0", "False"}
    commission.goto(f"{live.url}/commission/tables/")
    expect(commission.locator("tbody tr")).to_contain_text("会签后有变动")
    countersign(commission, live, call)
    assert not standing_of(call).changed
    assert RollUp.objects.get(call=call, indicator="electricity_buildings").total == summed(
        returns, ["electricity_buildings"]
    )
    assert total(visitor, live, call, "综合能耗") == summed(returns, ENERGY)
    live.manage("verify_invariants")


def issue_together(officer: Page, commission: Page, live: Live, call: Call) -> None:
    """Proposed, given back, proposed again, agreed to, opened."""
    page = f"{live.url}/committees/energy/calls/{call.public_id}/"
    for turn in ("decline", "agree"):
        officer.goto(page)
        officer.locator("button[value=propose]").click()
        said(officer, "待市教委会签")
        commission.goto(f"{live.url}/desk/")
        expect(commission.locator("main")).to_contain_text(call.title_zh)
        commission.goto(f"{page}commission/")
        axe(commission)
        no_overflow(commission)
        commission.locator(f"[popovertarget=ask-{turn}]").first.click()
        if turn == "decline":
            shot(commission, "commission-proposed-zh-1280")
            commission.locator("#decline-reason").fill("期限偏紧，请放宽。")
        commission.locator(f"#ask-{turn} button[value={turn}]").click()
        said(commission, "已退回" if turn == "decline" else "已同意")
    officer.goto(page)
    officer.locator("input[name=type]").first.check()
    officer.locator("#open .hq-btn.is-main").click()
    expect(officer.locator("main")).to_contain_text(BOTH)
    officer.locator("main form .hq-btn.is-main").click()
    said(officer, "4所学校")


def unfiled_is_not_seen(page: Page, live: Live, call: Call, unfiled: Enrolled) -> None:
    """The fourth school has filed nothing: neither call nor board tell the commission of it."""
    for path in (f"calls/{call.public_id}/", f"board/?call={call.public_id}&all=1"):
        page.goto(f"{live.url}/committees/energy/{path}")
        expect(page.locator("main")).to_contain_text("3")
        expect(page.locator("body")).not_to_contain_text(unfiled.school.name_zh)
    shot(page, "commission-board-zh-1280")


def comment_and_answer(officer: Page, commission: Page, live: Live, call: Call) -> None:
    """The commission asks about the table, the committee answers, the commission closes."""
    page = f"{live.url}/committees/energy/calls/{call.public_id}/commission/"
    commission.goto(page)
    commission.locator("#t-title").fill("热力口径")
    commission.locator("#t-words").fill("外购热力是否按当量值折算？")
    commission.locator("button[value=begin]").click()
    said(commission, "已发出")
    officer.goto(f"{live.url}/desk/")
    officer.locator("main a[href*='/commission/']").first.click()
    officer.locator("article textarea").fill("按当量值折算，系数见通知附件。")
    officer.locator("article button[value=write]").click()
    said(officer, "已发出")
    expect(officer.locator("article button[value=close]")).to_have_count(0)
    commission.goto(page)
    expect(commission.locator("article .hq-talk")).to_contain_text("系数见通知附件")
    axe(commission)
    shot(commission, "commission-comment-zh-1280")
    commission.locator("article button[value=close]").click()
    said(commission, "已办结")


def countersign(page: Page, live: Live, call: Call) -> None:
    page.goto(f"{live.url}/commission/tables/")
    row = page.locator("tbody tr").filter(has_text=call.title_zh)
    row.locator("button[popovertarget]").first.click()
    row.get_by_role("dialog").locator("button[type=submit]").click()
    said(page, "已会签")
    axe(page)
    no_overflow(page)
    shot(page, "commission-tables-zh-1280")


def correct(cast: Cast, call: Call, one: Enrolled) -> dict[str, Decimal]:
    """A correction after the countersignature."""
    case = one.filing(call)
    correction_actions.ask_correction(filing=case, reason="电表倍率填错", by=one.clerk, at=now())
    correction_actions.grant_correction(filing=case, by=cast["officer"], at=now())
    values = scaled(1, electricity_buildings=Decimal("13000.5"))
    actions.accept(filing=one.file(call, values, now() - timedelta(hours=1), ""), by=cast["officer"], at=now())
    return values


def read_table(page: Page, live: Live, call: Call, folder: Path) -> list[str]:
    """The call's line in the file that the commission takes away."""
    page.goto(f"{live.url}/commission/tables/")
    with page.expect_download() as coming:
        page.locator("a[href$='tables.csv']").click()
    path = folder / "tables.csv"
    coming.value.save_as(path)
    rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"))))
    return next(row for row in rows if row[0] == call.number)

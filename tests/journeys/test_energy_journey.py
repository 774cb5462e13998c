"""The energy return from the call to the bulletin: clerk, head, officer and a visitor who recomputes it."""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from committees.calendar.workdays import add_workdays
from committees.filings.models import Call, FilingVersion
from tenants.clock import local_day
from tests.ground.browser import axe, shot, sign_in
from tests.ground.cast import PASSWORD, SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import (
    AREA,
    ENERGY,
    Case,
    case_of,
    download_workbook,
    fill_workbook,
    now,
    numbers,
    open_call,
    said,
    total,
    upload,
)  # fmt: skip

pytestmark = [
    pytest.mark.journey, *map(pytest.mark.requirement, ("S9-33", "S9-43", "S9-44", "S9-52", "S9-75", "S7-06")),
]  # fmt: skip
TITLE = "2025年度一次能源口径年报"
#: What the clerk files this year: the electricity of school buildings is half as much again as the year before.
FILED = numbers(electricity_buildings="20814", area_buildings="24500")
#: What the head files after the committee asked.
ANSWERED = {**FILED, "fossil_dormitories": Decimal("612.5")}
REASON = "宿舍燃料是否把食堂用气也计入了？请核对抄表记录。"


def test_energy_from_the_call_to_the_bulletin(live: Live, open_page, cast: Cast, tmp_path: Path):
    before = case_of(cast, open_call(cast, "2024"), cast.school_a)
    before.file(numbers()).accept()
    officer, clerk, head, visitor = open_page(), open_page(), open_page(), open_page()

    call = send_call(officer, live, cast)
    case_of(cast, call, cast.school_b).file(numbers(area_buildings="30000", fossil_buildings="0")).accept()
    case = case_of(cast, call, cast.school_a)
    totals = {name: total(visitor, live, call, name) for name in ("建筑面积合计", "综合能耗")}

    prepare_by_workbook(clerk, live)
    approve_and_file(head, live)
    return_one_item(officer, live, case)
    answer_by_page(clerk, live)
    approve_and_file(head, live)
    accept(officer, live, case)

    assert [row.version for row in FilingVersion.objects.filter(filing=case.filing)] == [1, 2]
    assert total(visitor, live, call, "建筑面积合计") - totals["建筑面积合计"] == sum(ANSWERED[code] for code in AREA)
    energy = sum(ANSWERED[code] for code in ENERGY)
    assert total(visitor, live, call, "综合能耗") - totals["综合能耗"] == energy

    go_to_card(visitor, case)
    printed = recompute(visitor, tmp_path)
    version = FilingVersion.objects.get(filing=case.filing, version=2)
    assert printed[:2] == [f"payload {version.payload_sha256} ok", f"seal {version.seal} ok"]
    assert f"energy_total {energy} GJ" in printed
    live.manage("verify_invariants")


def send_call(page: Page, live: Live, cast: Cast) -> Call:
    """The officer drafts a call, chooses all schools and opens it."""
    sign_in(page, live, "officer")
    page.goto(f"{live.url}/committees/energy/calls/")
    page.get_by_role("link", name="新征集").or_(page.locator("main .hq-btn.is-main")).first.click()
    page.locator("#id_asks").select_option(label=page.locator("#id_asks option", has_text="一次能源").inner_text())
    today = local_day(now())
    for name, text in {
        "period": "2025", "title_zh": TITLE, "title_en": "Primary energy return 2025",
        "text": "没有的项填0，数字按账单填写。", "opens_on": today.isoformat(),
        "due_on": add_workdays(today, 20).isoformat(),
    }.items():  # fmt: skip
        page.locator(f"#id_{name}").fill(text)
    page.locator("input[name=disclosure][value=named]").check()
    axe(page)
    page.get_by_role("button", name="存为草稿").click()
    said(page, "草稿")
    page.locator("input[name=type]").first.check()
    axe(page)
    page.get_by_role("button", name="下一步，确认发出").click()
    expect(page.locator("main")).to_contain_text("临港理工大学")
    shot(page, "energy-call-confirm-zh-1280")
    page.get_by_role("button", name="发给2所学校").click()
    said(page, "2所学校")
    return Call.objects.get(title_zh=TITLE)


def prepare_by_workbook(page: Page, live: Live) -> None:
    """The clerk fills in the workbook with one wrong cell, mends it, answers the doubt, sends it to the head."""
    sign_in(page, live, "clerk_a")
    page.wait_for_url(f"{live.school_url(SCHOOL_A)}/desk/")
    page.locator(".hq-task, .hq-next").filter(has_text=TITLE).locator("a.hq-btn").first.click()
    page.get_by_role("button", name="开始填报").click()
    page.get_by_role("link", name="用工作簿填").first.click()
    empty = download_workbook(page)

    upload(page, fill_workbook(empty, {**FILED, "fossil_buildings": "3,4O2"}))
    fault = page.locator(".hq-errs tbody tr")
    expect(fault).to_have_count(1)
    expect(fault.locator("td").nth(0)).to_contain_text("化石燃料")
    expect(fault.locator("td").nth(1)).to_have_text(re.compile(r"^[A-Z]\d+$"))
    expect(fault.locator("mark")).to_have_text("O")
    expect(fault.locator(".why")).to_contain_text("字母")
    axe(page)
    shot(page, "energy-workbook-fault-zh-1280")

    upload(page, fill_workbook(empty, FILED))
    expect(page.locator(".hq-errs")).to_have_count(0)
    shot(page, "energy-workbook-preview-zh-1280")
    page.get_by_role("button", name="存入这些改动").click()
    page.wait_for_url("**/prepare/")
    shot(page, "energy-prepare-doubt-zh-1280")

    page.locator("#n-electricity_buildings").fill("新实验楼3月启用，全年按新楼计费。")
    page.get_by_role("button", name="送负责人审定").click()
    page.wait_for_url("**/request_approval/")
    page.locator("main form .hq-btn.is-main").click()
    said(page, "已送")


def approve_and_file(page: Page, live: Live) -> None:
    """The head reads the whole return, ticks the statement and files; the receipt shows."""
    if page.url == "about:blank":
        sign_in(page, live, "head_a")
    page.goto(f"{live.school_url(SCHOOL_A)}/desk/")
    page.locator(".hq-task, .hq-next").filter(has_text=TITLE).locator("a.hq-btn").first.click()
    if not page.url.endswith("/file/"):
        page.get_by_role("link", name="审定并报送").click()
    expect(page.locator("main")).to_contain_text("20,814")
    axe(page)
    page.locator("#stated").check()
    page.locator("#proof-password").fill(PASSWORD)
    page.get_by_role("button", name="审定并报送").click()
    said(page, "已报送并封存")
    expect(page.locator(".hq-filing .hash").first).to_have_text(re.compile(r"^[0-9a-f]{64}$"))
    axe(page)
    shot(page, "energy-receipt-zh-1280")


def return_one_item(page: Page, live: Live, case: Case) -> None:
    """The officer asks about one item and returns the filing."""
    page.goto(f"{live.url}/committees/energy/board/")
    page.goto(f"{live.url}{case.check_path}")
    expect(page.locator("main")).to_contain_text("新实验楼3月启用")
    page.locator("#a-fossil_dormitories").fill(REASON)
    page.get_by_role("button", name="带着问题退回").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    axe(page)
    dialog.get_by_role("button", name="退回").click()
    said(page, "已退回")


def answer_by_page(page: Page, live: Live) -> None:
    """The clerk reads the question, mends the value by page, sends it again."""
    page.goto(f"{live.school_url(SCHOOL_A)}/desk/")
    page.locator(".hq-task, .hq-next").filter(has_text=TITLE).locator("a.hq-btn").first.click()
    expect(page.locator("main")).to_contain_text(REASON)
    page.locator(".hq-next form .hq-btn.is-main").click()
    page.wait_for_url("**/prepare/**")
    field = page.locator("#q-fossil_dormitories")
    expect(field).to_have_value("655")
    with page.expect_response("**/prepare/save/") as saving:
        field.fill("612.5")
    assert saving.value.ok
    expect(page.locator("#say")).to_contain_text("已保存")
    shot(page, "energy-answer-zh-1280")
    page.get_by_role("button", name="送负责人审定").click()
    page.wait_for_url("**/request_approval/")
    page.locator("main form .hq-btn.is-main").click()
    said(page, "已送")


def accept(page: Page, live: Live, case: Case) -> None:
    """The officer sees what changed and accepts."""
    page.goto(f"{live.url}{case.check_path}")
    expect(page.locator("mark.hq-changed")).to_have_text(re.compile("612.5"))
    expect(page.locator("tr:has(#i-fossil_dormitories) + tr.hq-ask")).to_contain_text(REASON)
    shot(page, "energy-check-zh-1280")
    page.locator("[popovertarget=ask-accept]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="通过").click()
    said(page, "已收下")


def go_to_card(page: Page, case: Case) -> None:
    """From a total of the bulletin to the filing's card in two clicks."""
    case.filing.refresh_from_db()
    page.locator(".hq-totals .hq-trace").first.click()
    page.get_by_role("link", name=case.filing.number or "").click()
    expect(page.locator("h1")).to_have_text(case.filing.number or "")
    assert page.url.endswith(f"/filings/{page.url.rstrip('/').rpartition('/')[2]}/")
    axe(page)
    shot(page, "energy-card-zh-1280")


def recompute(page: Page, folder: Path) -> list[str]:
    """Take the three files from the card and run the script; the lines that it prints."""
    for name in ("payload.json", "seal.json", "recompute.py"):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name).click()
        coming.value.save_as(folder / name)
    done = subprocess.run(
        [sys.executable, "-I", "recompute.py", "payload.json", "seal.json"], cwd=folder, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()

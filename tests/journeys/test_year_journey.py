"""A year with ten schools: late, extended, waived, returned twice, corrected after acceptance, by scan, by deputy; the
bulletin, and the commission's name under it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from committees.calendar.workdays import add_workdays
from committees.filings import actions, correction_actions, duty_actions
from committees.filings.approval_actions import name_deputy
from committees.filings.call_actions import add_schools
from committees.filings.models import Call, Filing, RollUp
from portal.demo.checking import stamped_page
from tenants.clock import local_day
from tenants.models import SchoolRole
from tests.factories.people import make_user, member
from tests.ground.browser import sign_in
from tests.ground.cast import PASSWORD, SCHOOL_A, SCHOOL_B, Cast
from tests.ground.live import Live
from tests.journeys.ground import AREA, ENERGY, now, open_call, said, slug, total
from tests.journeys.year import Enrolled, Year, enrol, scaled, summed

pytestmark = [pytest.mark.journey, *map(pytest.mark.requirement, ("S9-13", "S9-33", "S9-56", "S9-75", "S9-77"))]
OLD, NEW = Decimal(13876 * 8), Decimal(98000)
#: How often the usual values each school files; the fifth (waived) files nothing.
TIMES = (1, 2, 3, 4, 0, 6, 7, 8, 9, 10)


@pytest.fixture
def year(cast: Cast) -> Year:
    return enrol(cast, 10)


@pytest.fixture
def call(year: Year) -> Call:
    """Opened 40 days ago to nine schools; a tenth joined with a day of its own that has passed."""
    made = open_call(
        year.cast, "2025", *[one.school for one in year.schools if one is not year.schools[3]], days_ago=40
    )
    own_day = add_workdays(local_day(now()), -3)
    add_schools(
        call=made, schools=[year.schools[3].school], due_on=own_day, by=year.cast["officer"],
        at=now() - timedelta(days=30),
    )  # fmt: skip
    return made


def test_a_year_with_ten_schools(live: Live, open_page, cast: Cast, year: Year, call: Call):
    filed = behind_the_pages(year, call)
    clerk, deputy, officer, visitor, commission = (open_page() for _ in range(5))
    file_by_scan(clerk, live, year.schools[0], call)
    file_as_deputy(deputy, live, year.schools[1], call)

    sign_in(officer, live, "officer")
    read_board(officer, live, call)
    for one in year.schools[:2]:
        accept(officer, live, one.filing(call))
    returns = [*filed.values(), scaled(1), scaled(2)]
    energy, area = summed(returns, ENERGY), summed(returns, AREA)
    assert total(visitor, live, call, "综合能耗") == energy
    assert total(visitor, live, call, "建筑面积合计") == area
    assert RollUp.objects.get(call=call, indicator="electricity_buildings").total == summed(
        returns, ["electricity_buildings"]
    )
    old_figure_is_shown(visitor, live, year.schools[7].filing(call))
    close(officer, live, call)
    countersign(commission, live, call, counted=9)
    visitor.goto(f"{live.url}/bulletins/{slug(call.number)}/")
    expect(visitor.locator("main")).to_contain_text("会签")
    live.manage("verify_invariants")


def behind_the_pages(year: Year, call: Call) -> dict[int, dict[str, Decimal]]:
    """What eight schools do by the actions; what each of them counts with in the end."""
    officer, at = year.cast["officer"], now() - timedelta(days=20)
    filed: dict[int, dict[str, Decimal]] = {}
    for place in (2, 8, 9):  # extended, and two with nothing to tell
        filed[place] = scaled(TIMES[place])
    duty_actions.extend(
        filing=year.schools[2].filing(call),
        due_on=add_workdays(local_day(now()), 30),
        reason="账单未到",
        by=officer,
        at=at,
    )
    for place in (2, 8, 9):
        year.accept(year.schools[place].file(call, filed[place], at))
    filed[3] = scaled(4)  # late: its own day passed three working days ago
    year.accept(year.schools[3].file(call, filed[3], now() - timedelta(minutes=70)))
    duty_actions.waive(filing=year.schools[4].filing(call), reason="由上级单位统一报送", by=officer, at=at)
    filed[5] = return_twice(year, call, year.schools[5], scaled(6))
    filed[6] = scaled(7)
    year.accept(year.schools[6].file(call, filed[6], at))
    filed[7] = correct(year, call, year.schools[7])
    return filed


def return_twice(year: Year, call: Call, one: Enrolled, values: dict[str, Decimal]) -> dict[str, Decimal]:
    """Filed, asked, answered, asked again, answered again, accepted."""
    at, officer = now() - timedelta(days=15), year.cast["officer"]
    filing = one.file(call, values, at)
    for turn in (1, 2):
        items = {"new_energy": f"第{turn}次：是否漏报？"}
        actions.return_items(filing=filing, items=items, by=officer, at=at + timedelta(days=turn))
        values = {**values, "new_energy": values["new_energy"] + turn}
        filing = one.file(call, values, at + timedelta(days=turn, hours=2), "answer")
    year.accept(filing, at + timedelta(days=4))
    assert filing.versions.count() == 3
    return values


def correct(year: Year, call: Call, one: Enrolled) -> dict[str, Decimal]:
    """Accepted, asked to correct, opened, filed again, accepted: the old figure stays on record with its date."""
    at, officer = now() - timedelta(days=12), year.cast["officer"]
    year.accept(one.file(call, scaled(8), at), at + timedelta(days=1))
    case = one.filing(call)
    correction_actions.ask_correction(filing=case, reason="电表倍率填错", by=one.clerk, at=at + timedelta(days=2))
    correction_actions.grant_correction(filing=case, by=officer, at=at + timedelta(days=3))
    values = scaled(8, electricity_buildings=NEW)
    year.accept(one.file(call, values, at + timedelta(days=4), ""), at + timedelta(days=5))
    return values


def file_by_scan(page: Page, live: Live, one: Enrolled, call: Call) -> None:
    """The clerk files with the stamped paper."""
    one.fill(call, scaled(1), now() - timedelta(minutes=5))
    sign_in(page, live, "clerk_a")
    page.goto(f"{live.school_url(SCHOOL_A)}/filings/{one.filing(call).public_id}/file_scan/")
    today = local_day(now()).isoformat()
    page.locator("#signer").fill("林渡")
    page.locator("#signed_on").fill(today)
    content = stamped_page("临港理工大学", "能源年报", "林渡", today)
    page.locator("#scan").set_input_files({"name": "盖章页.jpg", "mimeType": "image/jpeg", "buffer": content})
    page.locator("form:has(#scan) .hq-btn.is-main").click()
    said(page, "盖章扫描件")


def file_as_deputy(page: Page, live: Live, one: Enrolled, call: Call) -> None:
    """Who stands in for the head reads it, states it and files; the receipt says for whom."""
    one.fill(call, scaled(2), now() - timedelta(minutes=5))
    standing_in = member(one.school, SchoolRole.CLERK, user=make_user("deputy_b", name="代办"))
    today = local_day(now())
    name_deputy(
        school=one.school, deputy=standing_in, starts_on=today, ends_on=today, reason="出差", by=one.head, at=now()
    )
    sign_in(page, live, "deputy_b")
    page.goto(f"{live.school_url(SCHOOL_B)}/filings/{one.filing(call).public_id}/file/")
    page.locator("#stated").check()
    page.locator("#proof-password").fill(PASSWORD)
    page.get_by_role("button", name="审定并报送").click()
    said(page, "已报送并封存")
    expect(page.locator("main")).to_contain_text("容止")  # for whom
    version = one.filing(call).latest
    assert version is not None
    assert (version.way, version.approved_for) == ("deputy", one.head)


def read_board(page: Page, live: Live, call: Call) -> None:
    """What the officer's board says of the ten: nine returns to count, one let off, one marked late."""
    page.goto(f"{live.url}/committees/energy/board/?call={call.public_id}&all=1")
    counts = {
        key: page.locator(f".hq-legend a[href*='s={key}'] .num").inner_text()
        for key in ("ok", "sent", "waived", "late")
    }
    assert counts == {"ok": "7", "sent": "2", "waived": "1", "late": "0"}
    expect(page.locator("small.rem", has_text="迟报")).to_have_count(1)


def accept(page: Page, live: Live, filing: Filing) -> None:
    """The officer accepts one filing on its page."""
    page.goto(f"{live.url}/committees/energy/filings/{filing.public_id}/")
    page.locator("[popovertarget=ask-accept]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="通过").click()
    said(page, "已收下")


def old_figure_is_shown(page: Page, live: Live, filing: Filing) -> None:
    """The card keeps the value that was published before the correction, with the day until which it was."""
    page.goto(f"{live.url}/filings/{slug(filing.number)}/")
    old = page.locator(".hq-sec:has(#h-former) tbody tr").filter(has=page.locator("del", has_text=f"{OLD:,}"))
    day = local_day(now() - timedelta(days=12) + timedelta(days=5))
    expect(old.first).to_contain_text(f"{day.month}月{day.day}日")


def close(page: Page, live: Live, call: Call) -> None:
    """The officer closes the call."""
    page.goto(f"{live.url}/committees/energy/calls/{call.public_id}/")
    page.locator("[popovertarget=ask-close]").first.click()
    page.locator("#ask-close button[value=close]").click()
    said(page, "已关闭")


def countersign(page: Page, live: Live, call: Call, *, counted: int) -> None:
    """The commission reads the table and puts its name under it."""
    sign_in(page, live, "commission")
    page.goto(f"{live.url}/commission/tables/")
    row = page.locator("tbody tr").filter(has_text=call.title_zh)
    expect(row.locator("td.r")).to_have_text(str(counted))
    row.locator("button[popovertarget]").first.click()
    row.get_by_role("dialog").locator("button[type=submit]").click()
    said(page, "已会签")
    expect(page.locator("tbody tr").filter(has_text=call.title_zh)).to_contain_text("已会签")

"""An officer's day with 60 schools: desk, board, reminding all who are late, checking with notes, the sample, the rest at
once."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from committees.calendar.workdays import add_workdays
from committees.filings.call_actions import add_schools
from committees.filings.models import Call, Draw, Filing, ItemCheck, Reminder, RollUp
from tenants.clock import local_day
from tenants.models import SchoolRole
from tests.committees.filings.committee.ground import light_schools
from tests.factories.people import make_user, member
from tests.ground.browser import sign_in
from tests.ground.cast import Cast
from tests.ground.live import Live
from tests.journeys.ground import ENERGY, VALUES, now, open_call, said, total
from tests.journeys.year import Enrolled, enrol, scaled, summed

pytestmark = [pytest.mark.journey, *map(pytest.mark.requirement, ("S9-75", "S9-96"))]
SCHOOLS, LATE, DOUBTFUL = 60, 24, 4
#: A value at which a rule asks: ten times the electricity of the year before.
STRIKING = Decimal(138760)


def test_a_day_with_sixty_schools(live: Live, open_page, cast: Cast):
    call, schools, returns = prepare(cast)
    page, visitor = open_page(), open_page()
    sign_in(page, live, "officer")
    page.goto(f"{live.url}/desk/")
    expect(page.locator("main")).to_contain_text(call.title_zh)
    remind_all_late(page, live, call)
    returned = check_with_notes(page, live, schools[-1].filing(call))
    accept_the_clear(page, live, call)
    accept_one(page, live, schools[-2].filing(call))

    accepted = [*returns[:-DOUBTFUL], returns[-2]]
    states = dict.fromkeys(("accepted", "returned", "filed", "addressed"), 0)
    for state in Filing.objects.filter(call=call).values_list("state", flat=True):
        states[state] += 1
    assert states == {"accepted": 33, "returned": 1, "filed": 2, "addressed": LATE}
    assert returned.state == "returned"
    for code in VALUES:
        row = RollUp.objects.get(call=call, indicator=code)
        assert (row.total, row.schools) == (summed(accepted, [code]), 33), code
    assert total(visitor, live, call, "综合能耗") == summed(accepted, ENERGY)
    live.manage("verify_invariants")


def prepare(cast: Cast) -> tuple[Call, Sequence[Enrolled], list[dict[str, Decimal]]]:
    """36 schools filed, four of them with something that strikes; 24 are late."""
    year = enrol(cast, SCHOOLS - LATE)
    call = open_call(cast, "2025", *[one.school for one in year.schools], days_ago=30)
    late = light_schools(LATE, type="vocational")
    for school in late:
        member(school, SchoolRole.CLERK, user=make_user(f"clerk-{school.code}", password=None, name="经办"))
    add_schools(
        call=call, schools=late, due_on=add_workdays(local_day(now()), -4), by=cast["officer"],
        at=now() - timedelta(days=25),
    )  # fmt: skip
    past = open_call(cast, "2024", *[one.school for one in year.schools[-DOUBTFUL:]], days_ago=80)
    returns = []
    for place, one in enumerate(year.schools):
        strikes = place >= len(year.schools) - DOUBTFUL
        if strikes:
            year.accept(one.file(past, scaled(place % 3 + 1), now() - timedelta(days=70)), now() - timedelta(days=60))
        values = scaled(place % 3 + 1, **({"electricity_buildings": STRIKING * (place % 3 + 1)} if strikes else {}))
        one.file(call, values, now() - timedelta(days=3), note="新实验楼启用。" if strikes else "")
        returns.append(values)
    return call, year.schools, returns


def remind_all_late(page: Page, live: Live, call: Call) -> None:
    """The board by type of school and by state, then one press for all who are late; a second time today nobody is left."""
    page.goto(f"{live.url}/committees/energy/board/?call={call.public_id}")
    expect(page.locator(".hq-legend a[href*='s=late'] .num")).to_have_text(str(LATE))
    expect(page.locator(".hq-legend a[href*='s=sent'] .num")).to_have_text(str(SCHOOLS - LATE))
    page.locator("#f-type").select_option("vocational")
    page.locator(".hq-filter [type=submit]").click()
    expect(page.locator("[data-board] th.sch > a")).to_have_count(LATE)
    page.locator(".hq-legend a[href*='s=late']").click()
    expect(page.locator("[data-board] th.sch > a")).to_have_count(LATE)
    page.get_by_role("link", name=f"催全部逾期的{LATE}所").click()
    page.locator("#note").fill("请于本周内报来。")
    page.get_by_role("button", name=f"催这{LATE}所").click()
    said(page, f"已催{LATE}所")
    assert Reminder.objects.filter(filing__call=call).count() == LATE
    page.goto(f"{live.url}/committees/energy/board/remind/?call={call.public_id}&late=1")
    expect(page.locator("main")).to_contain_text("没有可催的学校")


def check_with_notes(page: Page, live: Live, filing: Filing) -> Filing:
    """A note is kept for the committee alone, found again, then sent with the return."""
    page.goto(f"{live.url}/committees/energy/filings/{filing.public_id}/")
    expect(page.locator("tr:has(#i-electricity_buildings) + tr.hq-ask")).to_contain_text("新实验楼启用")
    page.locator("#a-electricity_buildings").fill("请附新楼启用批文。")
    page.locator("button[formaction$='/notes/']").click()
    said(page, "1条")
    expect(page.locator("#a-electricity_buildings")).to_have_value("请附新楼启用批文。")
    page.locator("[popovertarget=ask-return]").first.click()
    page.locator("#ask-return button[value=return_items]").click()
    said(page, "已退回")
    filing.refresh_from_db()
    return filing


def accept_the_clear(page: Page, live: Live, call: Call) -> None:
    """Draw, check each drawn one item by item, accept the others with it."""
    page.goto(f"{live.url}/committees/energy/calls/{call.public_id}/sample/")
    page.locator("button[value=draw]").click()
    said(page, "已抽")
    draw = Draw.objects.get(call=call)
    clear = SCHOOLS - LATE - DOUBTFUL
    assert (len(draw.population), len(draw.drawn)) == (clear, 2)
    for seal in draw.drawn:
        filing = Filing.objects.get(call=call, latest__seal=seal)
        page.goto(f"{live.url}/committees/energy/filings/{filing.public_id}/")
        for tick in page.locator("input[name^=seen-]").all():
            tick.check()
        page.locator("button[formaction$='/by-item/']").click()
        page.wait_for_url("**/sample/")
    assert ItemCheck.objects.filter(draw=draw).count() == 2
    page.locator("input[name=sure]").check()
    page.locator("button[value=accept]").click()
    expect(page.locator("section[role=status]")).to_contain_text(str(clear))


def accept_one(page: Page, live: Live, filing: Filing) -> None:
    """One of those that strike is accepted by itself."""
    page.goto(f"{live.url}/committees/energy/filings/{filing.public_id}/")
    page.locator("[popovertarget=ask-accept]").first.click()
    page.locator("#ask-accept button[value=accept]").click()
    said(page, "已收下")

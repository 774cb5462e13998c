"""Two ways through the return in a real browser: by page with a refused value, by workbook with one wrong cell."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.committees.filings.school.ground import VALUES, Case, accept_year_before, make_case
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.cast import PASSWORD

pytestmark = pytest.mark.journey


@pytest.fixture
def case(live, cast) -> Case:
    """A call on the running portal, with last year behind it; filling in has begun."""
    accept_year_before(cast)
    found = make_case(cast)
    found.begin()
    return found


def enter(page, live, case: Case, who: str, path: str) -> None:
    """Sign in at the association, then walk into the school."""
    sign_in(page, live, who)
    page.goto(f"{live.school_url(case.cast.school_a.code)}{path}")


def saved(page) -> None:
    """Wait until what was typed last has come back."""
    page.wait_for_timeout(900)
    page.wait_for_function("() => !document.querySelector('form.htmx-request')")
    page.wait_for_load_state("networkidle")


@pytest.mark.requirement("S9-75")
def test_by_page_everything_is_saved_as_one_types(live, case: Case, open_page):
    page = open_page()
    enter(page, live, case, "clerk_a", f"{case.path}prepare/")
    page.fill("#q-users_count", "３１，９８０")
    page.select_option("select[name=u-electricity]", "万kWh")
    page.fill("#q-electricity", "5102.3")
    page.fill("#q-diesel", "58,3OO")
    saved(page)
    assert case.entry("users_count")["value"] == "31980"
    assert case.entry("electricity")["value"] == "51023000"
    assert page.get_attribute("#q-diesel", "aria-invalid") == "true"
    assert page.input_value("#q-diesel") == "58,3OO"  # what was typed stays
    page.click("#e-diesel button")
    page.wait_for_url("**/prepare/**")
    assert case.entry("diesel")["value"] == "58300"
    page.fill("#q-building_area", "1,148,600")
    page.fill("#q-water", "1986500")
    page.fill("#q-water_cost", "9733900")
    page.fill("#q-electricity_cost", "31102000")
    saved(page)
    assert page.locator("#a-diesel .box").is_visible()  # a quantity without a cost is a doubt
    page.fill("#n-diesel", "随班车合同结算。")
    page.wait_for_selector("#a-diesel.is-lit")
    assert case.entry("diesel")["note"] == "随班车合同结算。"
    page.click("button[value=send]")
    page.click("form[action$='request_approval/'] button.is-main")
    assert case.state() == "approval_requested"
    head = open_page()
    enter(head, live, case, "head_a", "/desk/")
    head.locator("a.hq-btn", has_text="审定").first.click()
    head.locator("a.is-main, form button.is-main").first.click()
    head.check("#stated")
    head.fill("#proof-password", PASSWORD)
    head.click("form[action$='/file/'] button.is-main")
    assert case.state() == "filed"
    assert head.locator(".hq-seal").count() == 1
    no_overflow(head)
    axe(head)
    shot(head, "school-receipt-1280")


@pytest.mark.requirement("S9-75")
def test_by_workbook_one_wrong_cell_is_mended(live, case: Case, open_page, tmp_path: Path):
    page = open_page()
    enter(page, live, case, "clerk_a", f"{case.path}upload/")
    with page.expect_download() as download:
        page.locator("a[href$='/workbook/']").click()
    path = tmp_path / "年报.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=5):
            if row[0].value in VALUES:
                row[3].value = float(VALUES[row[0].value])
            if row[0].value == "reclaimed_water":
                row[3].value = "86400立方米"
    book.save(path)
    page.set_input_files("#workbook", path)
    page.locator("form:has(#workbook) [type=submit]").click()
    assert page.locator(".hq-errs tbody tr").count() == 1
    assert case.draft().entries == {}
    axe(page)
    page.locator(".hq-errs button[name=fix]").click()
    page.locator("button[value=save]").click()
    page.wait_for_url("**/prepare/")
    assert case.entry("reclaimed_water")["value"] == "86400"
    assert case.draft().revision == 1


def test_without_script_the_return_can_be_filled_and_sent(live, case: Case, open_page):
    page = open_page(script=False, width=390)
    enter(page, live, case, "clerk_a", f"{case.path}prepare/")
    for code, value in VALUES.items():
        page.fill(f"#q-{code}", value)
    page.click("button[value=send]")
    page.click("form[action$='request_approval/'] button.is-main")
    assert case.state() == "approval_requested"


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_hold_their_width_and_axe_is_content(live, case: Case, open_page, width):
    page = open_page(width=width)
    enter(page, live, case, "clerk_a", "/desk/")
    host = live.school_url(case.cast.school_a.code)
    case.write({**VALUES, "water": "5000000", "dorm_electricity": "99999999"})
    for name, path in (
        ("desk", "/desk/"), ("list", "/filings/"), ("case", case.path), ("return", f"{case.path}prepare/?check=1"),
        ("upload", f"{case.path}upload/"), ("guide", f"{case.path}guide/"), ("return-en", f"/en{case.path}prepare/"),
    ):  # fmt: skip
        page.goto(f"{host}{path}")
        no_overflow(page)
        axe(page)
        shot(page, f"school-{name}-{width}")

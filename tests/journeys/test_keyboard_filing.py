"""A return filed without a mouse: the clerk from sign-in to the head, the head from the desk to the receipt."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from committees.filings.drafts import answer_in
from committees.filings.models import Figure, FilingVersion
from tests.ground.cast import PASSWORD, SCHOOL_A, Cast
from tests.ground.live import Live
from tests.journeys.ground import ENERGY, VALUES, case_of, open_call

pytestmark = [pytest.mark.journey, *map(pytest.mark.requirement, ("S9-75", "S9-33"))]
#: No way by the Tab key is longer than this.
MOST_TABS = 90


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what the selector names; it must be seen to stand there."""
    for _press in range(MOST_TABS):
        if page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
            assert page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"
            ), f"the focus on {selector} is not seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {selector} on {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to something and press it."""
    tab_to(page, selector)
    page.keyboard.press(key)


def sign_in_by_keyboard(page: Page, live: Live, account: str) -> None:
    page.goto(f"{live.url}/accounts/login/")
    tab_to(page, "input[name=login]")
    page.keyboard.type(account)
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.school_url(SCHOOL_A)}/desk/")


def test_clerk_and_head_file_by_keyboard_alone(live: Live, open_page, cast: Cast):
    case = case_of(cast, open_call(cast, "2025"), cast.school_a)
    clerk, head = open_page(), open_page()
    sign_in_by_keyboard(clerk, live, "clerk_a")
    fill_in(clerk)
    sign_in_by_keyboard(head, live, "head_a")
    approve(head)

    version = FilingVersion.objects.get(filing=case.filing)
    answer = answer_in(version, version.form.form())
    assert {code: answer.value(code) for code in VALUES} == {code: Decimal(text) for code, text in VALUES.items()}
    assert (version.prepared_by, version.approved_by) == (cast["clerk_a"], cast["head_a"])
    case.accept()
    energy = Figure.objects.get(filing_version=version, indicator="energy_total")
    assert energy.value == sum(Decimal(VALUES[code]) for code in ENERGY)


def fill_in(page: Page) -> None:
    """From the desk to the head; every value is typed, in the order in which Tab comes to it."""
    press(page, "main a.hq-btn")
    page.wait_for_url("**/filings/**")
    press(page, "form[action$='/start/'] button, form[action$='/start/'] .hq-btn")
    page.wait_for_url("**/prepare/**")
    for code, text in VALUES.items():
        tab_to(page, f"#q-{code}")
        page.keyboard.type(text)
    with page.expect_response("**/prepare/save/"):
        page.keyboard.press("Tab")
    expect(page.locator("#say")).to_contain_text("已保存")
    press(page, ".hq-stick button[value=send]")
    page.wait_for_url("**/request_approval/")
    press(page, "main form .hq-btn.is-main")
    expect(page.locator("#messages")).to_contain_text("已送")


def approve(page: Page) -> None:
    """From the desk to the receipt: read, state, password, Enter."""
    press(page, "main a.hq-btn")
    page.wait_for_url("**/filings/**")
    if not page.url.endswith("/file/"):
        press(page, "main a.hq-btn[href$='/file/']")
        page.wait_for_url("**/file/")
    press(page, "#stated", "Space")
    expect(page.locator("#stated")).to_be_checked()
    tab_to(page, "#proof-password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("已报送并封存")

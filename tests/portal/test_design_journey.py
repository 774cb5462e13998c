"""The design in Chromium: nothing from outside, the content policy kept, axe silent, nothing wider than the page."""

import pytest

from tests.ground.browser import axe, no_overflow

pytestmark = pytest.mark.journey

PAGES = ("", "home/", "desk/", "desk/rest/", "return/", "board/", "bulletin/", "gate/", "chart/")


@pytest.mark.requirement("S9-77")
def test_the_pages_hold_by_day_and_by_night(open_page, live):
    for width, prefix, night in ((1280, "", "light"), (390, "/en", "dark")):
        page = open_page(width=width, color_scheme=night)
        for path in PAGES:
            page.goto(f"{live.url}{prefix}/style/{path}", wait_until="networkidle")
            no_overflow(page)
            axe(page)
        for code in (404, 500):
            page.goto(f"{live.url}{prefix}/style/error/?code={code}")
            no_overflow(page)
            axe(page)


def test_what_opens_holds_too(open_page, live):
    page = open_page()
    page.goto(f"{live.url}/style/desk/")
    page.click("[popovertarget=person-menu]")
    axe(page)
    page.goto(f"{live.url}/style/")
    page.click("button[popovertarget=ask-over]:not([popovertargetaction])")
    axe(page)
    page.keyboard.press("Escape")
    page.goto(f"{live.url}/style/home/")
    page.click(".hq-mast .to-night")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click(".hq-mast .to-day")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_a_chart_in_the_browser_is_svg_and_keeps_the_policy(open_page, live):
    page = open_page()
    page.goto(f"{live.url}/style/chart/", wait_until="networkidle")
    assert page.locator(".hq-echart svg").count() == 1
    box = page.locator(".hq-echart").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(500)
    without = open_page(script=False)
    without.goto(f"{live.url}/style/chart/")
    without.click("summary")
    assert without.locator(".hq-data tbody tr").count() == 12

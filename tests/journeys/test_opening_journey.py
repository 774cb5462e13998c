"""A secretary opens a school; its head and clerk get in by invitation; nobody else learns that it is there."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from tenants.models import Membership, School
from tests.ground.browser import axe, shot, sign_in
from tests.ground.cast import PASSWORD, Cast
from tests.ground.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-13")]
CODE, NAME = "xinggang", "兴港职业学院"
HEAD, CLERK = ("shen-head", "沈望海"), ("tao-clerk", "陶一帆")


def test_a_school_is_opened_and_its_people_get_in(live: Live, open_page, cast: Cast):
    secretary, head, clerk = open_page(), open_page(), open_page()
    home = live.school_url(CODE)
    open_school(secretary, live)
    link = invite_head(secretary)
    accept_with_new_account(head, link, *HEAD)
    head.wait_for_url(f"{home}/desk/")
    shot(head, "opening-head-desk-zh-1280")

    code = invite_clerk(head, home)
    clerk.goto(f"{live.url}/accounts/invitation/")
    clerk.locator("#id_code").fill(code)
    clerk.locator("main form [type=submit]").click()
    accept_with_new_account(clerk, clerk.url, *CLERK)
    clerk.wait_for_url(f"{home}/desk/")
    expect(clerk.locator(".hq-plate").first).to_contain_text(NAME)

    # Signed in anew in another browser, the head lands in the school's space.
    again = open_page()
    sign_in(again, live, HEAD[0])
    again.wait_for_url(f"{home}/desk/")
    assert set(Membership.objects.filter(school__code=CODE).values_list("role", flat=True)) == {"head", "clerk"}

    for account in ("stranger", "clerk_a", "head_b"):
        sees_nothing(open_page(), live, account)
    visitor = open_page()
    visitor.goto(f"{home}/desk/")
    assert visitor.url.startswith(f"{live.url}/accounts/login/")


def open_school(page: Page, live: Live) -> None:
    """Register, and see the four steps go on until only the head is missing."""
    sign_in(page, live, "secretary")
    page.goto(f"{live.url}/office/schools/")
    page.get_by_role("link", name="开通学校").or_(page.locator("main .hq-btn.is-main")).first.click()
    page.locator("#id_name_zh").fill(NAME)
    page.locator("#id_name_en").fill("Xinggang College")
    page.locator("#id_code").fill("lingang")
    expect(page.locator("#code-check")).not_to_be_empty()
    page.locator("#id_code").fill(CODE)
    page.locator("#id_type").select_option("vocational")
    axe(page)
    page.get_by_role("button", name="登记并建空间").click()
    page.wait_for_url(f"**/office/schools/{CODE}/")
    steps = page.locator("#steps")
    expect(steps.locator("[role=status]")).to_contain_text("只差负责人")
    expect(steps.locator("li.done")).to_have_count(3)
    expect(steps.locator("[aria-current=step]")).to_have_text("邀请负责人")
    assert School.objects.get(code=CODE).state == "open"
    axe(page)
    shot(page, "opening-steps-zh-1280")


def invite_head(page: Page) -> str:
    """Make the invitation; its link works without mail."""
    page.locator("#id_name").fill(HEAD[1])
    page.locator("#id_post").fill("后勤处处长")
    page.get_by_role("button", name="生成邀请").click()
    link = page.locator("#link").input_value()
    expect(page.locator("main")).to_contain_text(HEAD[1])
    axe(page)
    shot(page, "opening-invitation-zh-1280")
    return link


def invite_clerk(page: Page, home: str) -> str:
    """The head invites; the printed code of the sheet."""
    page.goto(f"{home}/people/")
    page.get_by_role("link", name="邀请").first.click()
    page.locator("#id_name").fill(CLERK[1])
    page.locator("#id_role").select_option("clerk")
    page.get_by_role("button", name="生成邀请").click()
    code = page.locator(".hq-code").inner_text()
    assert re.fullmatch(r"[\w -]{8,}", code), code
    axe(page)
    page.goto(f"{home}/people/")
    expect(page.locator("main")).to_contain_text(CLERK[1])
    return code


def accept_with_new_account(page: Page, link: str, account: str, name: str) -> None:
    """Read what is offered, make an account, accept."""
    if page.url != link:
        page.goto(link)
    expect(page.locator("main")).to_contain_text(NAME)
    expect(page.locator("#id_name")).to_have_value(name)
    axe(page)
    page.locator("#id_account").fill(account)
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    page.get_by_role("button", name="开账号并接受").click()


def sees_nothing(page: Page, live: Live, account: str) -> None:
    """To this person the school answers like one that does not exist, on every way in."""
    sign_in(page, live, account)
    for path in ("/accounts/enter/?school={}", "/accounts/enter/?school={}&next=/people/"):
        known, unknown = (answer(page.goto(f"{live.url}{path.format(code)}")) for code in (CODE, "no-such-school"))
        assert known == unknown
        assert known[0] == 404
    for path in ("/desk/", "/people/", "/filings/", "/"):
        there = page.goto(f"{live.school_url(CODE)}{path}")
        assert answer(there)[0] == 404, (account, path)
        assert NAME not in page.content()
        assert page.url.startswith(f"{live.url}/"), page.url
    # A host that is nobody's answers 404 as well.
    nobody = page.goto(f"http://nobody.{live.url.removeprefix('http://')}/desk/")
    assert nobody is not None
    assert nobody.status == 404


def answer(response: Response | None) -> tuple[int, str]:
    """Status and text of a page, without what differs at every call (address, tokens)."""
    assert response is not None
    number = response.headers["x-request-id"]  # stands on the page, and differs at every call
    text = re.sub(r'value="[^"]*"|xinggang|no-such-school|nonce="[^"]*"', "", response.text().replace(number, ""))
    return response.status, re.sub(r'X-CSRFToken[^}]*}|name="csrfmiddlewaretoken"[^>]*', "", text)

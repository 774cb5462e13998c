"""The secretary finds an account, helps with a lost phone, merges two of one person, closes and opens one again."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from tenants.models import Membership, User
from tests.factories.people import make_user, member
from tests.ground.browser import PHONE, axe, no_overflow, shot, sign_in
from tests.ground.cast import Cast
from tests.ground.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-13")]


def test_the_office_keeps_accounts(live: Live, open_page, cast: Cast):
    TOTP.activate(cast["officer"], generate_totp_secret())
    old = make_user("jian-ning-2", name="简宁", phone="13900002222", email="old@example.test")
    member(cast.school_b, user=old)
    page: Page = open_page()
    sign_in(page, live, "secretary")
    page.get_by_role("link", name="账号", exact=True).click()
    find(page, "穆清")
    axe(page)
    help_with_the_phone(page, cast)
    merge(page, old, cast["clerk_a"])
    close_and_open_again(page, open_page, live, cast["clerk_b"])


def find(page: Page, name: str) -> None:
    """By name, while it is typed."""
    expect(page.locator("#found tbody tr").nth(3)).to_be_visible()
    shot(page, "accounts-list-zh-1280")
    page.locator("#id_q").fill(name)
    expect(page.locator("#found tbody tr")).to_have_count(1)
    page.locator("#found tbody a").first.click()
    expect(page.locator("h1")).to_contain_text(name)


def help_with_the_phone(page: Page, cast: Cast) -> None:
    """Not without a reason; the page says what follows before it happens."""
    shot(page, "account-zh-1280")
    page.get_by_role("link", name="手机丢了").click()
    expect(page.locator("main")).to_contain_text("officer@example.test")
    axe(page)
    page.locator("#id_reason").fill("手机遗失，已打电话核实")
    page.get_by_role("button", name="解除二次验证").click()
    expect(page.locator("main")).to_contain_text("二次验证已解除")
    assert not Authenticator.objects.filter(user=cast["officer"]).exists()


def merge(page: Page, old: User, kept: User) -> None:
    """Named, looked at side by side, merged."""
    page.goto(page.url.partition("/office/")[0] + f"/office/accounts/{old.public_id}/merge/")
    page.locator("#id_into").fill(kept.account)
    page.locator("#id_reason").fill("同一人，两个账号")
    page.get_by_role("button", name="先看一看").click()
    for name in ("临港理工大学", "海津师范大学"):
        expect(page.locator("main table")).to_contain_text(name)
    axe(page)
    shot(page, "account-merge-zh-1280")
    page.set_viewport_size({"width": PHONE, "height": 844})
    no_overflow(page)
    shot(page, "account-merge-zh-390")
    page.get_by_role("button", name="确认合并").click()
    expect(page.locator("main")).to_contain_text("jian-ning-2已停用")
    assert Membership.objects.filter(user=kept, ends_on=None).count() == 2


def close_and_open_again(page: Page, open_page, live: Live, clerk: User) -> None:
    """On a phone. Whoever is signed in is out with the next page, and gets in again afterwards."""
    there: Page = open_page()
    sign_in(there, live, clerk.account)
    page.goto(f"{live.url}/office/accounts/?q={clerk.account}")
    no_overflow(page)
    shot(page, "accounts-list-zh-390")
    page.locator("#found tbody a").first.click()
    no_overflow(page)
    shot(page, "account-zh-390")
    page.get_by_role("link", name="停用账号").click()
    page.locator("#id_reason").fill("已离职")
    axe(page)
    shot(page, "account-close-zh-390")
    page.get_by_role("button", name="停用账号").click()
    expect(page.locator("main")).to_contain_text("账号已停用")
    there.goto(f"{live.url}/desk/")
    assert "/accounts/login/" in there.url
    page.get_by_role("link", name="恢复账号").click()
    page.locator("#id_reason").fill("回岗")
    page.get_by_role("button", name="恢复账号").click()
    sign_in(there, live, clerk.account)
    there.goto(f"{live.url}/account/")
    expect(there.locator("h1")).to_be_visible()

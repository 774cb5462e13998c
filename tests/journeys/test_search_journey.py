"""Somebody looks for something: by keyboard, by pinyin, without script, on a telephone, in both languages."""

import pytest
from playwright.sync_api import expect

from search.outbox import write_documents
from search.registry import PUBLIC, Document
from tests.ground.browser import axe, no_overflow

pytestmark = pytest.mark.journey
KINDS = ("news", "notice", "regulation")


@pytest.fixture
def texts(live):
    """Thirty notes about canteens, and one English page."""
    given = [
        Document(
            f"journey:{number}", KINDS[number % 3], f"第{number}食堂價格公示", f"/note-{number}/", (PUBLIC,),
            f"本食堂饭菜价格每月公布。第{number}号。", committee="food" if number % 2 else "energy",
        )
        for number in range(30)
    ]  # fmt: skip
    english = Document(
        "journey:en", "page", "How meals are priced", "/en/meals/", (PUBLIC,), "Prices of meals.", language="en"
    )
    with_all = [*given, english]
    write_documents("journey", [each.key for each in with_all], with_all)
    return live


@pytest.mark.requirement("S7-52")
def test_from_the_slash_to_the_result_by_keyboard(texts, open_page):
    page = open_page()
    page.goto(f"{texts.url}/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="搜索")
    expect(box).to_be_focused()
    page.keyboard.type("shitangjia")
    expect(page.get_by_role("option").first).to_contain_text("食堂價格公示")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=shitangjia")
    box = page.get_by_role("searchbox", name="要找什么").or_(page.get_by_role("combobox", name="要找什么"))
    box.fill("食堂价格")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*%E9%A3%9F*")
    expect(page.get_by_role("status").filter(has_text="30条结果")).to_be_visible()
    marks = page.locator(".find-main mark")
    assert {"食堂價格", "食堂", "價格"} & set(marks.all_inner_texts())
    axe(page)
    page.locator(".find-facets").get_by_role("link", name="通知公告").click()
    expect(page.get_by_role("status").filter(has_text="10条结果")).to_be_visible()
    assert "kind=notice" in page.url


def test_without_script_everything_is_there(texts, open_page):
    page = open_page(script=False)
    page.goto(f"{texts.url}/search/?q=shitang+jiage")
    expect(page.get_by_text("已为您显示")).to_be_visible()
    page.get_by_role("link", name="按时间").click()
    expect(page.locator(".hq-pager")).to_be_visible()
    page.goto(f"{texts.url}/search/?q=火星基地")
    expect(page.get_by_role("heading", name="没有找到")).to_be_visible()


def test_in_english_on_a_telephone(texts, open_page):
    page = open_page(width=390, language="en")
    page.goto(f"{texts.url}/en/search/?q=meal+price")
    expect(page.get_by_role("link", name="How meals are priced")).to_be_visible()
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    no_overflow(page)
    axe(page)
    page.goto(f"{texts.url}/en/search/?q=食堂")
    expect(page.locator(".find-facets")).not_to_have_attribute("open", "")
    no_overflow(page)

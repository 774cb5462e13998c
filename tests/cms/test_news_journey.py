"""A correspondent writes a piece of news with a picture, three people review it; a visitor reads it, in feeds and map."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cms.models import Duty, NewsIndexPage, NewsPage
from tests.cms.newsroom import give_duty
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-75")]
#: Pages looked at by day and by night, and by day only.
BOTH = ("", "news/ling-chen-si-dian-ban/")
BY_DAY = ("news/", "news/?year=2026", "about/", "contact/")
TITLE = "雪后第一班早餐"


def drawn_picture() -> dict[str, object]:
    """A picture file as an editor would pick it."""
    file = io.BytesIO()
    Image.new("RGB", (1600, 900), "#854527").save(file, "PNG")
    return {"name": "breakfast.png", "mimeType": "image/png", "buffer": file.getvalue()}


def send_to_review(page: Page) -> None:
    """Open the menu beside "save draft" and send the text to the three reviews."""
    page.locator("footer [data-controller~='w-dropdown'] button[aria-expanded]").first.click()
    page.locator("button[name=action-submit]").click()


def approve(page: Page, live: Live, number: int) -> None:
    """From the editor's menu to the page of review, and approve."""
    page.goto(f"{live.url}/cms/pages/{number}/edit/")
    page.get_by_role("link", name="审核稿件").first.click()
    page.wait_for_url(f"{live.url}/cms/review/{number}/")
    shot(page, f"newsroom-review-{number}-1280")
    page.locator("button[value=approve]").click()
    page.wait_for_url(f"{live.url}/cms/")


def choose_picture(page: Page) -> None:
    """Upload a picture in the chooser; without words it is refused, with words it is taken."""
    page.get_by_role("button", name="选择一个图片").first.click()
    modal = page.locator(".modal-dialog, dialog[open]").last
    modal.get_by_role("tab", name="上传").click()
    form = modal.locator("form[enctype]")
    title = form.locator("input[name$=title]")
    form.locator("input[type=file]").set_input_files(drawn_picture())
    expect(title).to_have_value("breakfast")
    words = form.locator("input[name$=alt_text]")
    form.locator("[type=submit]").click()
    expect(modal.get_by_text("请写明图中内容，或注明仅作装饰。")).to_be_visible()
    form.locator("input[type=file]").set_input_files(drawn_picture())
    title.fill("雪后的食堂")
    words.fill("雪地里亮着灯的食堂")
    form.locator("[type=submit]").click()
    expect(modal).to_be_hidden()


def write_paragraph(page: Page, words: str) -> None:
    """Add a paragraph to the body and type in it."""
    body = page.locator("#panel-child-u5185u5bb9-child-body-content, [data-contentpath=body]").first
    body.get_by_role("button", name="插入内容块").first.click()
    page.get_by_role("option", name="段落").click()
    page.locator("[data-contentpath=body] [contenteditable=true]").last.click()
    page.keyboard.type(words)
    # Draftail hands its text to the form a moment later.
    page.wait_for_function(
        "words => [...document.querySelectorAll('[data-contentpath=body] input')].some(one => one.value.includes(words))",
        arg=words,
    )


def text_of(page: Page, path: str) -> str:
    """What an address of the same host holds."""
    return str(page.evaluate("path => fetch(path).then(answer => answer.text())", path))


def test_a_correspondent_writes_three_review_and_a_visitor_reads(live_site: Live, open_page, cast):
    live = live_site
    give_duty(cast["correspondent"], Duty.DRAFT, "food")
    give_duty(cast["officer"], Duty.FIRST, "food")
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    writer, visitor = open_page(), open_page()
    sign_in(writer, live, "correspondent")
    writer.goto(f"{live.url}/cms/pages/add/cms/newspage/{index.pk}/")

    writer.locator("#id_title").fill(TITLE)
    send_to_review(writer)
    expect(writer.get_by_text("这一项必须填写。").first).to_be_visible()
    shot(writer, "newsroom-refused-1280")

    writer.locator("#id_lead").fill("雪下了一夜，食堂的灯四点就亮了。")
    choose_picture(writer)
    write_paragraph(writer, "铲雪的人先吃第一屉包子。")
    send_to_review(writer)
    writer.wait_for_load_state("networkidle")
    page = NewsPage.objects.get(title=TITLE)
    assert (page.slug, page.live, page.room) == ("xue-hou-di-yi-ban-zao-can", False, "food")
    for key in ("officer", "editor", "secretary"):
        reviewer = open_page()
        sign_in(reviewer, live, key)
        approve(reviewer, live, page.pk)
    page.refresh_from_db()
    assert page.live

    visitor.goto(f"{live.url}/")
    visitor.get_by_role("link", name=TITLE).first.click()
    expect(visitor.locator("h1")).to_have_text(TITLE)
    expect(visitor.get_by_role("img", name="雪地里亮着灯的食堂")).to_be_visible()
    expect(visitor.get_by_text("铲雪的人先吃第一屉包子。")).to_be_visible()
    visitor.wait_for_function("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    for path in ("/news/feed/", "/news/feed/atom/", "/sitemap.xml"):
        assert f"/news/{page.slug}/" in text_of(visitor, path), path


@pytest.mark.parametrize("width", [1280, 390])
def test_public_pages_are_sound_in_both_languages(live_site: Live, open_page, width):
    live = live_site
    for language, prefix in (("zh", ""), ("en", "/en")):
        for scheme in ("light", "dark"):
            page = open_page(width=width, color_scheme=scheme)
            for name in BOTH if scheme == "dark" else (*BOTH, *BY_DAY):
                page.goto(f"{live.url}{prefix}/{name}")
                no_overflow(page)
                axe(page)
                shot(page, f"site-{name.strip('/').replace('/', '-') or 'home'}-{language}-{width}-{scheme}")

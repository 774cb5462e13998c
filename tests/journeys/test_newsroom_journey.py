"""The newsroom in Chromium: a paste of WPS, a document with pictures, three reviews, the hour, the worker, the take-down."""

import io
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from docx import Document
from PIL import Image
from playwright.sync_api import Page, expect
from wagtail.models import Revision

from cms.actions.imports import read_import
from cms.models import Duty, NewsIndexPage, NewsPage, PictureRendition
from cms.setup import lay_foundation
from tenants.clock import database_now
from tests.cms.newsroom import give_duty
from tests.cms.test_news_journey import approve, send_to_review
from tests.ground.browser import axe, no_overflow, shot, sign_in
from tests.ground.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.requirement("S9-75")]
TITLE, PATIENCE = "冬季供暖前的一次体检", 150
#: What WPS puts on the clipboard for a heading, a sentence with dress, a table and a picture.
CLIPBOARD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15">
<style>@font-face{font-family:"仿宋_GB2312";} p.MsoNormal{mso-style-name:正文;}</style></head>
<body style="tab-interval:21pt;"><!--StartFragment-->
<h2 style="mso-outline-level:2"><b><span style="font-family:黑体">一、检查</span></b></h2>
<p class=MsoNormal style="text-indent:32pt;mso-char-indent-count:2">
<span style="mso-spacerun:'yes';font-family:仿宋_GB2312">锅炉<font face="仿宋_GB2312">房</font></span>
<b><span lang="EN-US" style="color:red">12</span></b><span>台全部点火。<o:p></o:p></span></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>楼</p></td><td><p class=MsoNormal>温度</p></td></tr></table>
<p class=MsoNormal><img width=300 src="file:///C:/wps/clip_image001.png"></p><!--EndFragment--></body></html>"""
BODY = "[...document.querySelectorAll('[data-contentpath=body] input')].map(one => one.value)"
PASTE = """(field, html) => { const given = new DataTransfer(); given.setData("text/html", html);
given.setData("text/plain", "一、检查"); field.dispatchEvent(new ClipboardEvent("paste",
{clipboardData: given, bubbles: true, cancelable: true})); }"""


def document() -> bytes:
    """A document with a heading, a table and two pictures of its own."""
    made = Document()
    made.add_heading(TITLE, level=1)
    made.add_paragraph("供暖之前，四个校区的锅炉房都查了一遍。")
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells], ("校区", "台数", "临港", "12"), strict=True
    ):
        cell.text = words
    for colour in ("#1a4490", "#854527"):
        drawn = io.BytesIO()
        Image.new("RGB", (900, 600), colour).save(drawn, "PNG")
        drawn.seek(0)
        made.add_picture(drawn)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def until(happened: Callable[[], Any], patience: float = PATIENCE) -> None:
    """Wait for what the worker does."""
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, "the worker did not come"
        time.sleep(0.5)


def fields_of(page: Page) -> str:
    """What the body's fields would send."""
    return str(
        page.evaluate("[...document.querySelectorAll('[data-contentpath=body] input')].map(one => one.value).join()")
    )


def test_a_paste_of_wps_comes_out_clean_and_tables_are_told_their_way(live: Live, open_page: Any, cast: Any) -> None:
    lay_foundation()
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    page = open_page()
    sign_in(page, live, "editor")
    page.goto(f"{live.url}/cms/pages/add/cms/newspage/{index.pk}/")
    page.locator("[data-contentpath=body]").first.get_by_role("button", name="插入内容块").first.click()
    page.get_by_role("option", name="段落").click()
    field = page.locator("[data-contentpath=body] [contenteditable=true]").last
    field.click()
    field.evaluate(PASTE, CLIPBOARD)
    expect(field).to_contain_text("台全部点火。")
    expect(page.locator(".nr-paste")).to_contain_text("剪贴板中的表格和图片")
    expect(page.locator(".nr-paste a")).to_have_attribute("href", "/cms/word/")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-contentpath=body] input')].some(one => one.value.includes('点火'))"
    )
    sent = fields_of(page)
    for dirt in ("mso", "MsoNormal", "仿宋", "font", "file:", "o:p", "color"):
        assert dirt not in sent, dirt
    assert '"style":"BOLD"' in sent
    shot(page, "newsroom-paste-1280")


def test_from_a_document_to_the_site_and_off_it(live: Live, open_page: Any, cast: Any) -> None:
    lay_foundation()
    give_duty(cast["correspondent"], Duty.DRAFT, "energy")
    live.start("manage.py", "procrastinate", "worker", "--concurrency", "2")
    page = bring_document(live, open_page)
    for key in ("officer", "editor", "secretary"):
        reviewer = open_page()
        sign_in(reviewer, live, key)
        reviewer.goto(f"{live.url}/desk/")
        expect(reviewer.locator(f"a[href='/cms/review/{page.pk}/']").first).to_be_visible()
        approve(reviewer, live, page.pk)
    page.refresh_from_db()
    assert (page.live, page.approved_schedule) == (False, True)
    visitor = open_page(width=390)
    assert visitor.goto(f"{live.url}/news/{page.slug}/").status == 404

    # Its hour comes; what the clock does in two days the test does in the row.
    revision = Revision.objects.for_instance(page).exclude(approved_go_live_at=None).get()
    revision.approved_go_live_at = timezone.now()
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save(update_fields=["approved_go_live_at", "content"])
    until(lambda: NewsPage.objects.filter(pk=page.pk, live=True).exists())
    until(lambda: PictureRendition.objects.filter(filter_spec__contains="format-avif").count() >= 2)
    assert visitor.goto(f"{live.url}/news/{page.slug}/").status == 200
    expect(visitor.get_by_role("img", name="一号锅炉")).to_be_visible()
    expect(visitor.locator("main table")).to_contain_text("临港")
    expect(visitor.locator(".hq-by")).to_contain_text("施秉文")
    axe(visitor)
    no_overflow(visitor)
    shot(visitor, "newsroom-released-390")
    take_down(live, open_page, page, visitor)


def bring_document(live: Live, open_page: Any) -> NewsPage:
    """The correspondent brings a document, gives its pictures words, and sends it to review with an hour."""
    writer = open_page()
    sign_in(writer, live, "correspondent")
    writer.goto(f"{live.url}/cms/word/")
    file = {"name": "供暖.docx", "mimeType": "application/octet-stream", "buffer": document()}
    writer.locator("input[type=file]").set_input_files(file)
    writer.get_by_role("button", name="生成草稿").click()
    writer.wait_for_url("**/cms/words/**")
    shot(writer, "newsroom-words-1280")
    for field, words in zip(
        writer.locator("input[type=text][name$=words]").all(), ("一号锅炉", "二号锅炉"), strict=True
    ):
        field.fill(words)
    writer.get_by_role("button", name="保存替代文字").click()
    page = NewsPage.objects.get(title=TITLE)
    writer.wait_for_url(f"**/cms/pages/{page.pk}/edit/")
    hour = timezone.localtime() + timedelta(days=2)
    writer.evaluate(
        "value => { document.querySelector('[name=go_live_at]').value = value; }", hour.strftime("%Y-%m-%d %H:%M")
    )
    send_to_review(writer)
    writer.wait_for_load_state("networkidle")
    return page


def take_down(live: Live, open_page: Any, page: NewsPage, visitor: Page) -> None:
    """One click and a reason: the page is gone for the visitor at once, from its lists too."""
    editor = open_page()
    sign_in(editor, live, "editor")
    editor.goto(f"{live.url}/cms/take-down/{page.pk}/")
    editor.locator("textarea").fill("数据有误")
    editor.locator("main button[type=submit]").last.click()
    editor.wait_for_url("**/cms/take-downs/")
    assert visitor.goto(f"{live.url}/news/{page.slug}/").status == 410
    visitor.goto(f"{live.url}/news/")
    expect(visitor.get_by_text(TITLE)).to_have_count(0)


def test_an_old_address_leads_to_its_article(live: Live, open_page: Any, cast: Any) -> None:
    lay_foundation()
    live.start("manage.py", "procrastinate", "worker", "--concurrency", "1")
    table = "标题,日期,栏目,内容,原地址\n灶台记,2019-05-01,新闻,<p>换了灶。</p>,http://old.test/show.asp?id=9\n"
    row = read_import(name="a.csv", content=table.encode(), room="food", by=cast["secretary"], at=database_now())
    news = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    page = open_page()
    sign_in(page, live, "secretary")
    page.goto(f"{live.url}/cms/imports/{row.public_id}/")
    shot(page, "newsroom-import-1280")
    page.locator("select").first.select_option(str(news.pk))
    page.get_by_role("button", name="导入并按原日期发布").click()
    until(lambda: NewsPage.objects.filter(title="灶台记", live=True).exists())
    visitor = open_page()
    visitor.goto(f"{live.url}/show.asp?id=9")
    expect(visitor.locator("h1")).to_have_text("灶台记")
    expect(visitor.locator("main")).to_contain_text("2019")

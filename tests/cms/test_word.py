"""Texts of Word and WPS come out clean; documents become drafts; articles go to WeChat with their dress."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from cms.importing.cleaning import clean_html
from cms.importing.word import WordText, read_word
from cms.models import NewsIndexPage, NewsPage, Picture
from cms.wechat import wechat_html
from tests.cms.newsroom import give_duty
from tests.ground.clients import association_client as client_for

pytestmark = [pytest.mark.requirement("S9-43"), pytest.mark.requirement("S0-04")]
WPS = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:""}</style></head><body>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->
<h2 style="mso-outline-level:2"><span style="font-family:宋体">一、总体情况</span></h2>
<p class="MsoNormal" style="text-indent:21.0pt;mso-char-indent-count:2"><span lang="EN-US" style="mso-fareast-font-family:宋体">
2026</span><font face="宋体" color="red">年</font><b style="mso-bidi-font-weight:normal">用电</b>下降<o:p>&nbsp;</o:p></p>
<ul><li>换灯<li>修窗</ul><wps:tag>留下的字</wps:tag>
<table border=1><tr><td>学校</td><td colspan=2>用电</td></tr><tr><td>临港</td><td>1</td><td>2</td></tr></table>
</body></html>
"""


def kinds(html):
    return [(part.kind, part.value) for part in clean_html(html).parts]


def test_what_wps_puts_on_the_clipboard_comes_out_clean():
    cleaned = clean_html(WPS)
    assert [(part.kind, part.value) for part in cleaned.parts] == [
        ("heading", "一、总体情况"),
        ("paragraph", "<p>2026年<b>用电</b>下降</p><ul><li>换灯</li><li>修窗</li></ul><p>留下的字</p>"),
        ("table", [["学校", "用电", ""], ["临港", "1", "2"]]),
    ]
    assert {"mso style", "<font>", "<o:p>", "conditional comment"} <= set(cleaned.removed)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script><p>字</p>",
        "<p onclick=alert(1)>字</p>",
        '<p>字<a href="java\tscript:alert(1)"></a></p>',
        '<p>字</p><iframe src="https://x.test"></iframe>',
        "<p>字</p><svg onload=alert(1)><style>*{}</style></svg>",
        '<p style="background:url(javascript:x)">字</p>',
        "<p>字</p><math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        '<p>字</p><img src="javascript:alert(1)">',
    ],
)
def test_nothing_active_is_left(html):
    text = str(kinds(html)).lower()
    assert "字" in text
    for word in ("script", "onclick", "onload", "iframe", "style", "javascript", "data:"):
        assert word not in text, text


DEEP = (
    "<div>",
    "<ul><li>",
    "<table><tr><td>",
    "<blockquote>",
    "<b>",
    "<i><b>",
    "<svg>",
    "<section><p>",
    "<a href='/x'>",
)


@pytest.mark.parametrize("tag", DEEP)
def test_deep_nesting_keeps_its_words_and_ends(tag):
    cleaned = clean_html(tag * 50_000 + "字")
    assert [(part.kind, part.value) for part in cleaned.parts] == [("paragraph", "<p>字</p>")]
    assert cleaned.removed["deep nesting"] == 1


def test_what_nests_as_old_pages_do_keeps_its_parts():
    html = "<div>" * 40 + "<p>段<ul><li>一<ul><li>二</ul></ul>" + "<p>未闭合" * 300 + "</div>" * 40
    cleaned = clean_html(html)
    assert not cleaned.removed["deep nesting"]
    assert "<li>一<ul><li>二</li></ul></li>" in cleaned.parts[0].value


def document(pictures=1):
    made = Document()
    made.add_heading("宿舍换灯记", level=1)
    made.add_paragraph("三栋楼换了灯。").add_run("省电三成").bold = True
    made.add_heading("经过", level=2)
    for line in ("量亮度", "换灯管"):
        made.add_paragraph(line, style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells], ("楼", "度", "一号楼", "120"), strict=True
    ):
        cell.text = words
    for number in range(pictures):
        drawn = io.BytesIO()
        Image.new("RGB", (640, 360), (number, 90, 60)).save(drawn, "PNG")
        drawn.seek(0)
        made.add_picture(drawn)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_a_document_is_read():
    text = read_word("记.docx", document())
    assert isinstance(text, WordText)
    assert text.title == "宿舍换灯记"
    assert [part.kind for part in text.cleaned.parts] == ["paragraph", "heading", "paragraph", "table", "picture"]
    assert "<b>省电三成</b>" in text.cleaned.parts[0].value
    assert text.cleaned.parts[2].value == "<ul><li>量亮度</li><li>换灯管</li></ul>"
    assert text.cleaned.parts[3].value == [["楼", "度"], ["一号楼", "120"]]


def test_what_is_no_document_is_refused_in_words():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 50_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    for name, content in (
        ("a.docx", b"PK\x03\x04 no"),
        ("a.docx", b""),
        ("a.docx", bomb.getvalue()),
        ("a.doc", b"\xd0\xcf\x11\xe0"),
    ):
        assert isinstance(read_word(name, content), str)


def test_a_correspondent_brings_a_document_as_a_draft(site, cast, association_client):
    give_duty(cast["correspondent"])
    client = client_for(cast["correspondent"])
    column = NewsIndexPage.objects.first()
    file = SimpleUploadedFile("记.docx", document(pictures=2))
    answer = client.post("/cms/word/", {"document": file, "column": column.pk, "room": "energy"})
    page = NewsPage.objects.get()
    assert answer.headers["Location"] == f"/cms/words/{page.pk}/", "its pictures ask for words"
    assert (page.title, page.live, page.owner) == ("宿舍换灯记", False, cast["correspondent"])
    assert page.lead.startswith("三栋楼换了灯。")
    assert [block.block_type for block in page.body] == [
        "paragraph",
        "heading",
        "paragraph",
        "table",
        "picture",
        "picture",
    ]
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    assert list(Picture.objects.values_list("alt_text", flat=True)) == ["", ""]
    file.seek(0)
    refused = client.post("/cms/word/", {"document": file, "column": column.pk, "room": "food"})
    assert refused.status_code == 200
    assert NewsPage.objects.count() == 1


def test_an_article_for_wechat_keeps_its_dress_and_nothing_else(make_news, picture):
    body = [
        ("heading", "先算账"), ("paragraph", '<p>粥要<b>热</b>。<a href="/about/">关于</a></p>'),
        ("picture", {"picture": picture, "caption": "灶台"}), ("quote", {"text": "<粥>", "speaker": "班长"}),
    ]  # fmt: skip
    blocks = NewsPage.body.field.stream_block.child_blocks
    body[1] = ("paragraph", blocks["paragraph"].to_python(body[1][1]))
    html = wechat_html(make_news(body=body, cover=picture))
    for word in ("class=", "<script", "<style", " id=", "<div", "srcset"):
        assert word not in html
    assert 'src="http://' in html
    assert 'href="http://' in html
    assert "&lt;粥&gt;" in html
    assert html.count("<section") == html.count("</section>")
    assert '<strong style="font-weight:bold;">热</strong>' in html


def test_the_page_to_copy_is_for_live_articles(make_news, cast):
    editor, page = client_for(cast["editor"]), make_news()
    assert "wechat-copy" in editor.get(f"/cms/wechat/{page.pk}/").content.decode()
    page.unpublish()
    assert editor.get(f"/cms/wechat/{page.pk}/").status_code == 404

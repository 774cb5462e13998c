"""Comparison reads Chinese word by word, in Wagtail's own screen too."""

import re

import pytest

from cms.comparing import diff_words, words_of
from tests.cms.newsroom import news_form, write_news
from tests.ground.clients import association_client as client_for

pytestmark = pytest.mark.requirement("S9-47")


@pytest.mark.parametrize("text", ["食堂用电下降3.5%", "", "Half past four", "早餐\n午餐 A区", "𠮷野家，，"])
def test_words_give_the_text_back(text):
    assert "".join(words_of(text)) == text


def test_one_word_is_marked_and_no_more():
    changes = diff_words("学生公寓冬季用电安全检查", "学生公寓夏季用电安全检查").changes
    assert changes == [
        ("equal", "学生公寓"), ("deletion", "冬季"), ("addition", "夏季"), ("equal", "用电安全检查"),
    ]  # fmt: skip


def test_what_is_compared_is_escaped():
    assert "<script>" not in diff_words("<script>", "<b>").to_html()


def test_the_editors_screen_compares_by_words(site, cast):
    editor = client_for(cast["editor"])
    page = write_news(editor, lead="学生公寓冬季用电安全检查已经开始。")
    editor.post(f"/cms/pages/{page.pk}/edit/", news_form(slug=page.slug, lead="学生公寓夏季用电安全检查已经开始。"))
    html = editor.get(f"/cms/pages/{page.pk}/revisions/compare/earliest...latest/").content.decode()
    marked = re.findall(r'class="(deletion|addition)">([^<]*)<', html)
    assert ("deletion", "冬季") in marked
    assert ("addition", "夏季") in marked

"""Addresses of pages from pinyin."""

import pytest

from cms.slugs import LONGEST, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("凌晨四点半，灶火先亮", "ling-chen-si-dian-ban-zao-huo-xian-liang"),
        ("2026年度能源年报", "2026-nian-du-neng-yuan-nian-bao"),
        ("Half past four", "half-past-four"),
        ("！？", "page"),
        ("𠮷野家", "ye-jia"),
    ],
)
def test_chinese_becomes_pinyin(title, slug):
    assert slug_of(title) == slug


def test_a_long_title_is_cut_between_syllables():
    slug = slug_of("关于进一步做好全市高等学校学生公寓冬季用电安全检查与隐患整改工作的通知")
    assert len(slug) <= LONGEST
    assert slug.split("-")[-1] in {"xiao", "xue", "sheng", "gong", "yu", "deng"}


def test_a_page_without_an_address_gets_one_and_twins_differ(make_news):
    first, second = make_news("冬天的账"), make_news("冬天的账")
    assert (first.slug, second.slug) == ("dong-tian-de-zhang", "dong-tian-de-zhang-2")

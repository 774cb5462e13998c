"""The editors' own search finds Chinese pages, by words inside a title and of the text."""

import pytest
from wagtail.models import Page


@pytest.mark.requirement("S0-04")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        *[(query, True) for query in ("灶台", "改造完工", "二十个食堂", "食堂 灶台", "灶臺", "灶", "LED")],
        *[(query, False) for query in ("锅炉", "食堂 锅炉")],
    ],
)
def test_chinese_is_found(make_news, query, found):
    page = make_news("学校灶台改造完工", lead="二十个食堂换了新灶台，装了LED灯。")
    make_news("锅炉房点火", room="energy", lead="十一月一日供暖。")
    assert (page.pk in [each.pk for each in Page.objects.search(query)]) is found


def test_the_explorer_finds_while_one_types(make_news):
    page = make_news("学校灶台改造完工")
    assert page.pk in [each.pk for each in Page.objects.autocomplete("改造")]
    assert page.pk not in [each.pk for each in Page.objects.autocomplete("锅炉")]

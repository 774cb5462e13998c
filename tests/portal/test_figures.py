"""Numbers as people write them: never a float, halves up, a true minus sign, words for changes."""

from decimal import Decimal

import pytest
from django.utils import translation

from portal import figures
from portal.templatetags import hq


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal(1148600), None, "1,148,600"),
        (Decimal("12.340"), None, "12.34"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("-0.34"), None, "−0.34"),
        (Decimal("5948.6"), 2, "5,948.60"),
        (Decimal("2.345"), 2, "2.35"),
        (Decimal("-2.345"), 2, "−2.35"),
        (Decimal("0.000"), None, "0"),
        (0, None, "0"),
        ("30.68", 2, "30.68"),
        (None, None, "—"),
        ("", 2, "—"),
        (Decimal("NaN"), None, "—"),
    ],
)
def test_a_figure_as_people_write_it(value, places, written):
    assert hq.figure(value, places) == written


@pytest.mark.parametrize("value", [0.1, 12.0, True])
def test_a_float_is_refused(value):
    with pytest.raises(TypeError):
        hq.figure(value)


def test_shares_and_their_signs():
    assert hq.percent(Decimal("0.5168")) == "51.7%"
    assert hq.signed_percent(Decimal("0.026")) == "+2.6%"
    assert hq.signed_percent(Decimal("-0.034")) == "−3.4%"
    assert hq.signed_percent(Decimal("0.0001")) == "0.0%"
    assert hq.signed_percent(None) == "—"


@pytest.mark.parametrize(
    ("now", "before", "against", "han", "english"),
    [
        ("98.2", "100", "year", "比上年少1.8%", "1.8% less than last year"),
        ("102", "100", "month", "比上月多2.0%", "2.0% more than last month"),
        ("100", "100", "average", "与平均持平", "at the average"),
        ("5", "0", "year", "上年没有数，不作比较", "no figure last year to compare with"),
        (None, "5", "year", "上年没有数，不作比较", "no figure last year to compare with"),
    ],
)
def test_a_change_in_words(now, before, against, han, english):
    for code, words in (("zh-hans", han), ("en", english)):
        with translation.override(code):
            said = hq.change_words(now, before, against)
        assert said.replace('<b class="num">', "").replace("</b>", "") == words


def test_a_change_from_below_nought_keeps_its_direction():
    assert figures.change(Decimal(-1), Decimal(-2)).direction == "more"

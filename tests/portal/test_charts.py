"""Drawings of figures: nothing overshoots, hundredths add up, a seal is drawn from its digest and from nothing else."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import charts
from portal.charts.mix import hundredths
from portal.charts.scale import Scale, cut, marks, marks_within, smooth, text_width

_FIGURES = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(st.lists(_FIGURES, min_size=2, max_size=12))
def test_a_smooth_line_stays_between_its_points(values):
    points = [(Decimal(10 * index), value) for index, value in enumerate(values)]
    numbers = [Decimal(text) for text in re.findall(r"-?\d+(?:\.\d+)?", smooth(points))]
    heights = numbers[1::2]
    assert min(heights) >= min(values) - Decimal("0.1")
    assert max(heights) <= max(values) + Decimal("0.1")


@given(_FIGURES, _FIGURES)
def test_marks_enclose_or_lie_within(one, other):
    low, high = sorted((one, other))
    outer = marks(low, high, 5)
    assert outer[0] <= low
    assert outer[-1] >= high
    assert all(low <= mark <= high for mark in marks_within(low, high, 5))


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=1), min_size=1, max_size=5).filter(any))
def test_hundredths_always_add_up(quantities):
    shared = hundredths(quantities)
    assert sum(shared) == 100
    assert all(
        abs(count - quantity * 100 / sum(quantities)) < 1 for count, quantity in zip(shared, quantities, strict=True)
    )


def test_the_mix_of_the_bulletin():
    kinds = [
        charts.MixKind(name, Decimal(tce))
        for name, tce in zip("abcde", (158541, 76770, 64367, 3900, 3231), strict=True)
    ]
    drawn = charts.mix(kinds, says="")
    assert [part.count for part in drawn.parts] == [52, 25, 21, 1, 1]
    assert [part.share for part in drawn.parts] == ["51.7%", "25.0%", "21.0%", "1.3%", "1.1%"]
    with pytest.raises(ValueError, match="five kinds"):
        charts.mix([*kinds, charts.MixKind("f", Decimal(1))], says="")


@pytest.mark.requirement("S9-75")
def test_a_seal_is_lit_by_the_bits_of_its_digest():
    drawn = charts.seal("8525D0AC9ea2b4c39766c1d5992d6e94")
    assert drawn.digits == "8525d0ac"
    lit = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", drawn.lit)}
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", drawn.dark)}
    assert len(lit) == 13
    assert len(lit | dark) == 30
    assert {(12, 24), (12, 33), (32, 33), (52, 69)} <= lit
    assert charts.seal("8525d0ad").lit == drawn.lit, "the last two bits are not drawn: the digits beside it tell them"
    assert charts.seal("0525d0ac").lit != drawn.lit
    with pytest.raises(ValueError, match="eight"):
        charts.seal("8525")


def test_a_ranking_keeps_order_and_marks_your_own():
    rows = [charts.Ranked("甲校", Decimal(9)), charts.Ranked("乙校", Decimal(14), mine=True)]
    drawn = charts.ranking(rows, average=Decimal(12), average_word="平均", says="…")
    assert [row.name for row in drawn.rows] == ["甲校", "乙校"]
    assert [row.mine for row in drawn.rows] == [False, True]
    assert drawn.average == "平均12.00"
    below, above = drawn.rows
    assert Decimal(below.x) < Decimal(drawn.views[0][1].average_x) < Decimal(above.x)


def test_a_ranking_of_one_at_the_average_can_be_drawn():
    drawn = charts.ranking([charts.Ranked("甲", Decimal(5))], average=Decimal(5), average_word="", says="")
    assert drawn.rows[0].figure == "5.00"


def test_a_missing_month_breaks_the_line():
    values = [Decimal(1), Decimal(2), None, Decimal(2), Decimal(3), Decimal(1), Decimal(2)]
    drawn = charts.trend(charts.TrendLine("2027", values), list("1234567"), says="")
    assert drawn.views[0][1].now.count("M") == 2
    assert drawn.table[0][1][2] == "—"


def test_a_spark_needs_two_values():
    with pytest.raises(ValueError, match="two values"):
        charts.spark([Decimal(1)], start="2027", end="2027", says="")


def test_a_scale_without_length_gives_its_middle():
    assert Scale(Decimal(1), Decimal(1), Decimal(0), Decimal(10)).at(Decimal(1)) == 5


def test_words_are_cut_to_their_room():
    assert cut("海河理工大学", Decimal(100)) == "海河理工大学"
    assert text_width(cut("Haihe University of Technology", Decimal(80))) <= 80

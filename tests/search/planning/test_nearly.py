"""How much of a query a text holds where no text holds all of it."""

import pytest

from search.planning.lexicon import make_lexicon
from search.planning.nearly import ABOUT, ALONE, STRETCHED, Part, held, rarity
from search.planning.planner import plan_query
from search.planning.ranking import Candidate

LEXICON = make_lexicon(["灶具", "标煤", "快递站"], [["维修", "修理"]], [])


def parts(query, weights, characters=()):
    groups = plan_query(query, LEXICON).groups
    assert len(groups) == len(weights)
    says = dict(characters)
    return [
        Part(group, weight, {char: says[char] for char in group.word if char in says})
        for group, weight in zip(groups, weights, strict=True)
    ]


def share(query, weights, title, body="", characters=()):
    return held(parts(query, weights, characters), Candidate("k", title, body, None))


def test_all_words_in_one_place_are_the_whole_and_far_ones_are_not():
    assert share("灶具 改造", (2, 2), "通知", "灶具改造") == 1
    far = "灶具。" + "天气很好，" * 40 + "改造。"
    assert share("灶具 改造", (2, 2), "通知", far) == 0.5 * ALONE


def test_the_title_is_the_context_of_every_place():
    body = "天气很好，" * 40 + "改造完成。"
    assert share("灶具 改造", (2, 2), "灶具", body) == pytest.approx((2 * ABOUT + 2) / 4)


def test_a_rare_word_says_more_than_a_common_one():
    assert rarity(1000, 1) > rarity(1000, 100) > 0
    assert share("灶具 改造", (3, 1), "通知", "灶具") == pytest.approx(0.75 * ALONE)
    assert share("灶具 改造", (3, 1), "通知", "改造") == pytest.approx(0.25 * ALONE)


def test_what_stands_for_a_word_counts_as_the_word():
    assert share("快递站 维修", (1, 1), "通知", "快递站修理") == 1


def test_a_stretched_word_counts_for_most_and_a_character_for_what_it_says():
    assert share("标煤 改造", (2, 2), "通知", "标准煤系数的改造") == pytest.approx((STRETCHED * 2 + 2) / 4)
    assert share("灶具 改造", (2, 2), "通知", "四口灶的改造", {"灶": 0.6}) == pytest.approx(2.6 / 4 * ALONE)
    assert share("灶具 改造", (2, 2), "通知", "锅炉的改造", {"灶": 0.6}) == 0.5 * ALONE


def test_nothing_there_is_nothing():
    assert share("灶具 改造", (2, 2), "通知", "无关的话") == 0

"""The one order, and extracts with marks on the original glyphs."""

from datetime import date

import pytest

from search.planning.lexicon import make_lexicon, starting_lists
from search.planning.marks import extract, marked
from search.planning.places import gap_of
from search.planning.planner import plan_query
from search.planning.ranking import Candidate, rank


@pytest.fixture(scope="module")
def lexicon():
    return make_lexicon(*starting_lists())


def order(plan, *candidates):
    return [each.candidate.key for each in rank(plan, candidates)]


def text(key, title, body="", day=date(2026, 1, 1), place=0):
    return Candidate(key, title, body, day, place)


def test_title_before_body_whole_before_parts_literal_before_synonym(lexicon):
    plan = plan_query("食堂价格", lexicon)
    found = order(
        plan,
        text("synonym", "饭堂的菜价"),
        text("body", "通知", "食堂价格每月公布"),
        text("title", "食堂价格公示"),
        text("apart", "食堂今天的价格"),
    )
    assert found == ["title", "apart", "body", "synonym"]


def test_near_before_far_then_newer_then_key(lexicon):
    plan = plan_query("食堂 地震", lexicon)
    far = text("far", "一", "食堂" + "，甲乙丙丁" * 30 + "地震")
    near = text("near", "一", "食堂在地震时开放")
    assert order(plan, far, near) == ["near", "far"]
    assert [each.near for each in rank(plan, [far, near])] == [True, False]
    same = [text(key, "食堂 地震", day=day) for key, day in (("b", None), ("a", None), ("c", date(2026, 5, 1)))]
    assert order(plan, *same) == ["c", "a", "b"]


def test_the_best_piece_speaks_for_a_document(lexicon):
    plan = plan_query("地震", lexicon)
    ranked = rank(plan, [text("a", "预案", "无", place=0), text("a", "预案", "地震时", place=1)])
    assert [(each.candidate.key, each.candidate.place) for each in ranked] == [("a", 1)]


def test_gaps(lexicon):
    groups = plan_query("食堂 地震", lexicon).groups
    assert gap_of(groups, "食堂地震") == 0
    assert gap_of(groups, "地震时的食堂") == 2
    assert gap_of(groups, "食堂") is None


def test_marks_stand_on_the_original_glyphs(lexicon):
    bits = extract("本市學生食堂（含民族食堂）的價格，應當公示。", plan_query("食堂价格", lexicon))
    assert "".join(bit.text for bit in bits) == "本市學生食堂（含民族食堂）的價格，應當公示。"
    assert [bit.text for bit in bits if bit.marked] == ["學生食堂", "食堂", "價格"]


def test_an_extract_begins_near_the_words(lexicon):
    long = "無關的話。" * 200 + "後勤處每月公布價格。" + "尾巴。" * 200
    bits = extract(long, plan_query("价格", lexicon))
    joined = "".join(bit.text for bit in bits)
    assert joined.startswith("…後勤處每月公布")
    assert joined.endswith("…")
    assert len(joined) < 150


def test_a_number_is_marked_in_its_own_spelling(lexicon):
    bits = marked("津高后〔２０２６〕３號文", plan_query("2026年第3号", lexicon))
    assert [bit.text for bit in bits if bit.marked] == ["〔２０２６〕３號"]


def test_words_of_letters_end_at_their_borders(lexicon):
    bits = marked("Sealed LED leds", plan_query("led", lexicon))
    assert [bit.text for bit in bits if bit.marked] == ["LED", "leds"]

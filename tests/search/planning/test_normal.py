"""Texts in one form, with the way back; numbers of papers; tokens."""

import pytest

from search.planning.normal import normalised, with_origins
from search.planning.paper_numbers import paper_numbers
from search.planning.tokens import PIECE_CHARACTERS, Term, index_tokens, pieces, stem, term_of


@pytest.mark.requirement("S0-04")
@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("後勤協會關於學生宿舍的規定", "后勤协会关于学生宿舍的规定"),
        ("ＬＥＤ灯　２０２６", "led灯 2026"),
        ("面积㎡", "面积m2"),
        ("shítáng", "shitang"),
        ("nǚ", "nv"),
        ("食\u200b堂", "食堂"),
        ("①②", "12"),
    ],
)
def test_one_form(typed, plain):
    assert normalised(typed) == plain


@pytest.mark.parametrize("text", ["學生宿舍", "面積㎡與①號樓", "Café 食\u200b堂", "ＬＥＤ"])
def test_every_character_knows_where_it_came_from(text):
    normal = with_origins(text)
    assert normal.text == normalised(text)
    assert len(normal.text) == len(normal.origin)
    assert list(normal.origin) == sorted(normal.origin)
    for place, char in enumerate(normal.text):
        assert char in normalised(text[normal.origin[place]])


@pytest.mark.requirement("S7-52")
@pytest.mark.parametrize(
    "spelling",
    [
        "津高后〔2026〕3号", "津高后[2026]3号", "津高后（2026）3号", "津高后〔2026〕 003 号", "津高后【2026】第3号",
        "2026年第3号",
        "2026年3号", "津高后〔２０２６〕３號", "〔二〇二六〕三号", "二○二六年第三号", "2026-3号", "2026 3号", "津高后[2026]3",
        "(2026)第三号", "〔2026年〕3号",
    ],
)  # fmt: skip
def test_one_number_in_every_spelling(spelling):
    assert [number.token for number in paper_numbers(normalised(spelling))] == ["no2026x3"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("能备〔2026〕0137号", ["no2026x137"]),
        ("第二十一号楼", []),
        ("2026年3月", []),
        ("3号楼2026年启用", []),
        ("〔2026〕一百零五号", ["no2026x105"]),
        ("〔2025〕三十号和〔2026〕4号", ["no2025x30", "no2026x4"]),
    ],
)
def test_what_is_a_number_and_what_is_not(text, tokens):
    assert [number.token for number in paper_numbers(normalised(text))] == tokens


def test_tokens_are_bigrams_and_the_last_character():
    assert index_tokens("食品安全") == ["食品", "品安", "安全", "全"]
    assert index_tokens("LED灯 rules") == ["led", "灯", "rule"]
    assert index_tokens("后勤\n服务") == index_tokens("后勤服务")
    assert "no2026x3" in index_tokens("津高后〔2026〕3号")


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("食品", Term(("食品",))),
        ("食品安全", Term(("食品", "品安", "安全"))),
        ("水", Term(("水",), open=True)),
        ("灯led", Term(("灯", "led"))),
        ("canteens", Term(("canteen",))),
        ("，", None),
    ],
)
def test_terms(word, term):
    assert term_of(word) == term


@pytest.mark.parametrize(
    ("word", "kept"), [("policies", "policy"), ("gas", "gas"), ("glass", "glass"), ("meters", "meter")]
)
def test_plurals(word, kept):
    assert stem(word) == kept


def test_long_texts_are_cut_at_sentences():
    text = "食堂的价格每月公示一次。" * 2_000
    cut = pieces(text)
    assert "".join(cut) == text
    assert max(map(len, cut)) <= PIECE_CHARACTERS
    assert all(piece.endswith("。") for piece in cut)
    assert pieces("") == [""]

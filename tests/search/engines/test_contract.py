"""The contract of an engine: plain boolean questions, the same sets from both."""

import pytest

from search.engines.engine import Cell, Chosen
from search.models import Change, Entry
from search.planning.planner import plan_query
from search.planning.tokens import PIECE_CHARACTERS
from search.registry import PUBLIC, Document
from tests.search.engines.conftest import filled

ALL = 100


def keys(rows):
    return [row.key.partition(":")[2] for row in rows]


@pytest.mark.parametrize(
    ("query", "literal", "widened"),
    [
        ("食堂", {"price", "safety", "energy"}, {"price", "safety", "energy"}),
        ("食堂价格", {"price", "energy"}, {"price", "energy"}),
        ("价格", {"price", "energy"}, {"price", "energy"}),
        ("宿舍", set(), {"dorm", "pets"}),
        ("養寵物", {"pets"}, {"pets"}),
        ("宠物", {"pets"}, {"pets"}),
        ("寝室 打扫", {"pets"}, {"pets"}),
        ("食品安全", {"safety"}, {"safety"}),
        ("〔2026〕第003号", {"number"}, {"number"}),
        ("津高后2026年3号", {"number"}, {"number"}),
        ("水", {"one"}, {"one"}),
        ("堂", {"price", "safety", "energy"}, {"price", "safety", "energy"}),
        ("CANTEENS price", {"english"}, {"english"}),
        ("2026", {"number"}, {"number"}),
        ("地震", set(), set()),
    ],
)
def test_sets(engine, public, lexicon, query, literal, widened):
    plan = plan_query(query, lexicon)
    assert set(keys(engine.rows(plan.literal, public, limit=ALL))) == literal
    assert set(keys(engine.rows(plan.widened, public, limit=ALL))) == widened


def test_newest_first_and_by_pages(engine, public, lexicon):
    step = plan_query("食堂", lexicon).literal
    assert keys(engine.rows(step, public, limit=ALL)) == ["energy", "safety", "price"]
    assert keys(engine.rows(step, public, limit=1, offset=1)) == ["safety"]
    assert keys(engine.rows(step, public, limit=ALL, without=["t:energy"])) == ["safety", "price"]


def test_titles_alone(engine, public, lexicon):
    assert keys(engine.rows(plan_query("食堂", lexicon).literal, public, limit=ALL, titles=True)) == ["price"]
    assert keys(engine.rows(plan_query("水", lexicon).literal, public, limit=ALL, titles=True)) == ["one"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen(kind="news"), ["safety"]),
        (Chosen(committee="food"), ["safety", "price"]),
        (Chosen(year=2025), []),
        (Chosen(year=2026, kind="page"), ["energy", "price"]),
        (Chosen(school_id=7), []),
        (Chosen(column="x"), []),
    ],
)
def test_chosen_facets(engine, public, lexicon, chosen, expected):
    assert keys(engine.rows(plan_query("食堂", lexicon).literal, public, limit=ALL, chosen=chosen)) == expected


def test_cells(engine, public, lexicon):
    found = engine.cells(plan_query("食堂", lexicon).literal, public)
    assert sorted(found, key=str) == sorted(
        [
            Cell("page", "", "food", None, 2026, 1),
            Cell("news", "", "food", None, 2026, 1),
            Cell("page", "", "", None, 2026, 1),
        ],
        key=str,
    )


def test_counts_and_size(engine, public, member, lexicon):
    groups = plan_query("食堂 地震 价格", lexicon).groups
    assert engine.counts(groups, public) == [3, 0, 2]
    assert engine.counts(groups, member) == [4, 0, 3]
    from search.models import Entry

    hidden = 3  # another school's, one that has ended, one for editors
    assert engine.size(public) == Entry.objects.count() - hidden
    assert engine.size(member) == engine.size(public) + 1


def test_a_row_is_what_was_given(engine, member, lexicon):
    row = next(r for r in engine.rows(plan_query("食堂价格", lexicon).literal, member, limit=ALL) if r.key == "s:7")
    assert (row.title, row.text, row.address, row.school_id, row.day) == (
        "食堂价格填报",
        "本校食堂价格",
        "/7/",
        7,
        None,
    )


def test_school_audience_and_time_stand_on_every_question(engine, public, member, lexicon):
    step = plan_query("食堂价格", lexicon).widened
    assert set(keys(engine.rows(step, public, limit=ALL))) == {"price", "energy"}
    assert set(keys(engine.rows(step, member, limit=ALL))) == {"price", "energy", "7"}
    assert sum(cell.count for cell in engine.cells(step, public)) == 2
    assert keys(engine.suggestions("食堂价格", public, limit=9)) == []
    assert keys(engine.suggestions("食堂价格", member, limit=9)) == ["7"]


def test_each_lock_holds_alone(engine, public, lexicon):
    """Either the space or the audience keeps a school's record from a reader who lacks it."""
    from search.engines.engine import Scope
    from search.readers import Reader, school_token

    step = plan_query("食堂价格", lexicon).literal
    for reader in (
        Reader((0, 7), (PUBLIC,)),
        Reader((0,), (PUBLIC, school_token(7))),
        Reader((0, 8), (school_token(8),)),
    ):
        assert "7" not in keys(engine.rows(step, Scope(reader, public.at), limit=ALL))


@pytest.mark.parametrize("lead", ["学生公", "xueshenggong", "xsgy", "gongyu", "yongdian", "xs"])
def test_suggestions(engine, public, lead):
    assert "dorm" in keys(engine.suggestions(lead, public, limit=9))


def test_what_was_taken_down_is_hidden_at_once(engine, public, lexicon):
    Change.objects.create(source="test", key="t:price", hides=True)
    step = plan_query("食堂", lexicon).literal
    assert keys(engine.rows(step, public, limit=ALL)) == ["energy", "safety"]
    assert sum(cell.count for cell in engine.cells(step, public)) == 2
    assert engine.counts(plan_query("食堂", lexicon).groups, public) == [2]
    assert not engine.suggestions("食堂饭菜", public, limit=9)


@pytest.mark.parametrize("text", ["'", "\\", "a'b\\:*&|!()", "食'堂", "<->", "\u0000", "：＊", "😀"])
def test_no_sign_breaks_a_question(engine, public, lexicon, text):
    plan = plan_query(text, lexicon)
    if plan.groups:
        engine.rows(plan.widened, public, limit=ALL)
        engine.counts(plan.parts, public)
    engine.suggestions(text.replace("\0", "x"), public, limit=3)


@pytest.mark.parametrize("name", ["postgresql"])
def test_long_texts_are_found_to_their_end(db, settings, public, lexicon, name):
    long = Document("t:long", "page", "汇编", "/l/", (PUBLIC,), "甲乙丙丁戊。" * 5_000 + "最后一句讲地震。")
    engine = next(filled(name, settings, [long]))
    rows = engine.rows(plan_query("地震", lexicon).literal, public, limit=ALL)
    assert [(row.key, row.place) for row in rows] == [("t:long", 30_008 // PIECE_CHARACTERS)]
    assert Entry.objects.filter(key="t:long").count() == 4

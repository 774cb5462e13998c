"""Queries become groups; pinyin and slips become what was meant."""

import pytest

from search.planning.lexicon import make_lexicon, starting_lists
from search.planning.pinyin import alike, full, initials, leads, typed_lead, typed_pinyin
from search.planning.plan import partial_step
from search.planning.planner import LONGEST, MOST_GROUPS, plan_query
from search.planning.slips import Vocabulary, meant


@pytest.fixture(scope="module")
def lexicon():
    return make_lexicon(*starting_lists())


@pytest.fixture(scope="module")
def vocabulary():
    words = ["食堂", "价格", "食用油", "公寓", "学生公寓", "后勤", "隐患排查", "宿舍", "卫生", "供暖", "重庆", "长春"]
    return Vocabulary(tuple((word, 9 - number % 3) for number, word in enumerate(words)))


def words(plan):
    return [group.word for group in plan.groups]


def said(group):
    return [alternative.words for alternative in group.alternatives]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("学生公寓能不能养宠物", ["学生公寓", "养宠物"]),
        ("食堂 价格", ["食堂", "价格"]),
        ("食堂的价格是多少", ["食堂", "价格"]),
        ("宿舍宿舍", ["宿舍"]),
        ("的", ["的"]),
        ("明廚亮竈", ["明厨亮灶"]),
        ("食唐", ["食唐"]),
        ("canteen prices", ["canteen", "prices"]),
        ("？！", []),
        ("", []),
    ],
)
def test_words_of_a_query(lexicon, query, expected):
    assert words(plan_query(query, lexicon)) == expected


def test_a_number_is_one_group_and_its_signs_none(lexicon):
    plan = plan_query("津高后〔2026〕3号", lexicon)
    assert plan.groups[0].alternatives[0].terms[0].tokens == ("no2026x3",)
    assert "号" not in words(plan)


def test_a_group_holds_sub_words_and_direct_synonyms_only(lexicon):
    small = make_lexicon(["食品安全"], [["食品安全", "饮食安全"], ["饮食安全", "用餐安全"], ["水", "自来水"]], [])
    group = plan_query("食品安全", small).groups[0]
    assert said(group) == [("食品安全",), ("食品", "安全"), ("饮食安全",)]
    assert said(plan_query("水", small).groups[0]) == [("水",)]
    assert said(group.literal()) == [("食品安全",)]


def test_long_words_fall_into_parts_for_the_last_step(lexicon):
    plan = plan_query("学生公寓空调", lexicon)
    assert [group.word for group in plan.parts] == ["学生", "公寓", "空调"]


def test_a_changed_lexicon_needs_no_new_index():
    before = plan_query("两网融合", make_lexicon([], [], []))
    after = plan_query("两网融合", make_lexicon(["两网融合"], [["两网融合", "垃圾回收"]], []))
    assert words(before) != words(after) == ["两网融合"]
    assert ("垃圾回收",) in said(after.groups[0])


def test_nobody_asks_too_much(lexicon):
    plan = plan_query("，".join(f"词{number}x" for number in range(200)), lexicon)
    assert len(plan.text) <= LONGEST
    assert len(plan.groups) <= MOST_GROUPS


def test_subsets_hold_their_share_and_are_the_smallest(lexicon):
    plan = plan_query("食堂 价格 地震", lexicon)
    step = partial_step(plan, [1.0, 2.0, 5.0], 0.6)
    assert [[group.word for group in groups] for groups in step.sets] == [["地震"]]
    assert partial_step(plan, [1.0, 1.0, 1.0], 0.99) is None
    assert partial_step(plan_query("食堂", lexicon), [1.0], 0.5) is None


@pytest.mark.parametrize(
    ("typed", "pinyin"),
    [("shitang", "shitang"), ("shi tang", "shitang"), ("shi2tang2", "shitang"), ("shítáng", "shitang"), ("xi'an", "xian"),
     ("食堂", ""), ("2026", ""), ("LED灯", "")],
)  # fmt: skip
def test_typed_pinyin(typed, pinyin):
    assert typed_pinyin(typed) == pinyin


def test_pinyin_knows_words_with_two_readings():
    assert (full("重庆"), full("长春"), initials("后勤2026")) == ("chongqing", "changchun", "hq2026")
    assert alike("zhengshang") == alike("zensan")


@pytest.mark.requirement("S0-04")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("shitang", "食堂"),
        ("shi2tang2 jia4ge2", "食堂 价格"),
        ("ｓｈｉｔａｎｇ", "食堂"),
        ("hq", "后勤"),
        ("食唐", "食堂"),
        ("食唐价格", "食堂价格"),
        ("实用油", "食用油"),
        ("学生公遇", "学生公寓"),
        ("隐患排察", "隐患排查"),
        ("素舍", "宿舍"),
    ],
)
def test_what_was_meant(lexicon, vocabulary, typed, expected):
    assert next(meant(typed, lexicon, vocabulary)) == expected


def test_what_is_no_slip_means_nothing_else(lexicon, vocabulary):
    assert not list(meant("食堂", lexicon, vocabulary))
    assert not list(meant("zzzz", lexicon, vocabulary))


def test_a_title_is_suggested_from_each_of_its_words(lexicon):
    found = leads("学生公寓管理办法", lexicon)
    for begin in ("学生公寓", "管理办法", "xueshenggongyu", "xsgy", "guanlibanfa", "glbf"):
        assert any(lead.startswith(begin) for lead in found), begin
    assert typed_lead("Shí tang2") == "shitang"
    assert typed_lead("学生 公") == "学生公"


def test_what_stands_for_a_word_stands_for_its_parts():
    plan = plan_query("宿管阿姨", make_lexicon(["宿管", "阿姨"], [["宿管阿姨", "公寓管理员"]], []))
    assert [part.word for part in plan.parts] == ["宿管", "阿姨"]
    assert all(("公寓管理员",) in [each.words for each in part.alternatives] for part in plan.parts)

"""The ladder over each engine: what is found, widened, approximate, meant; and the same first hit from both."""

import pytest

from search.finding import Finder
from search.lexicons import vocabulary_of
from tests.search.engines.conftest import TEXTS


def finder(engine, scope, lexicon):
    return Finder(engine, scope, lexicon, lambda: vocabulary_of([title for _, title, _ in TEXTS], lexicon))


def keys(answer):
    return [each.candidate.key.partition(":")[2] for each in answer.ranked]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("食堂价格", ["price", "energy"]),
        ("宿舍", ["pets", "dorm"]),
        ("学生公寓能不能养宠物", ["pets"]),
        ("学生公寓能不能养狮子", ["pets"]),
        ("公寓停车场收费", []),
        ("shitang jiage", ["price", "energy"]),
        ("食唐价格", ["price", "energy"]),
        ("宠务", ["pets"]),
        ("津高后〔２０２６〕００３號", ["number"]),
        ("火星基地", []),
        ("", []),
    ],
)
def test_found(engine, public, lexicon, query, expected):
    assert keys(finder(engine, public, lexicon).find(query)) == expected


def test_what_was_meant_is_said(engine, public, lexicon):
    assert finder(engine, public, lexicon).find("食唐价格").meant == "食堂价格"
    assert not finder(engine, public, lexicon).find("食堂价格").meant


def test_an_approximate_answer_says_so_and_holds_most_of_the_meaning(engine, public, lexicon):
    answer = finder(engine, public, lexicon).find("大功率电器 价格")
    assert not answer.ranked or answer.partial

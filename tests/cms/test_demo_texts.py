"""The demo's texts as reading matter: enough of them for every committee, each said once, every picture described."""

import json
import re
import tomllib
from collections import Counter
from itertools import pairwise

import pytest
from django.conf import settings

from cms.content.texts import Text, read_text

FOLDER = settings.ROOT / "portal" / "demo" / "site"
#: So many characters in a row may not stand on two pages; a university's English name alone has more than thirty.
RUN = {"zh": 30, "en": 60}
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]")


def _texts(language: str) -> list[Text]:
    return [read_text(path) for path in sorted((FOLDER / language).rglob("*.md"))]


def _pages(language: str) -> list[Text]:
    return [text for text in _texts(language) if text.path.stem != "_page"]


def _strings(value: object) -> list[str]:
    """All words below a value of a head or body."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [words for one in inner for words in _strings(one)]


def _runs(text: Text, size: int) -> set[str]:
    """Every run of `size` characters in a lead or body, without punctuation and marks."""
    words = [re.sub(r"<[^>]+>|\W", "", one) for one in _strings([text.head.get("lead", ""), text.body])]
    return {one[start : start + size] for one in words for start in range(len(one) - size + 1)}


@pytest.mark.parametrize(("language", "least"), [("zh", 60), ("en", 8)])
def test_there_is_enough_to_read(language, least):
    assert len(_pages(language)) >= least


@pytest.mark.parametrize("language", ["zh", "en"])
def test_titles_and_leads_are_unique(language):
    for key in ("title", "lead"):
        found = Counter(text.head[key] for text in _texts(language) if key in text.head)
        assert [words for words, times in found.items() if times > 1] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_said_on_two_pages(language):
    ordered = sorted((run, text.path.name) for text in _texts(language) for run in _runs(text, RUN[language]))
    assert [(one, other) for one, other in pairwise(ordered) if one[0] == other[0]] == []


def test_every_committee_has_six_pages():
    pages = _pages("zh")
    rooms = Counter(text.head.get("room") for text in pages)
    assert min(rooms[room] for room in ("dorm", "food", "energy", "shop", "house", "estate")) >= 6
    assert sum("研究会" in json.dumps(text.head, default=str, ensure_ascii=False) for text in pages) >= 6


def test_every_picture_is_described():
    rows = tomllib.loads((FOLDER / "pictures.toml").read_text())["picture"]
    assert [row["name"] for row in rows if len(row["alt"]) < 8] == []
    assert {path.stem for path in (FOLDER / "pictures").iterdir()} == {row["name"] for row in rows}


def test_chinese_is_set_with_full_width_marks():
    for text in _texts("zh"):
        assert HALF_WIDTH.findall(text.path.read_text()) == [], text.path

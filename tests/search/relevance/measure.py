"""Reads the judged set and measures an answerer against it."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from search.registry import PUBLIC, Document

HERE = Path(__file__).parent
_PLACES = (
    ("海河理工大学", "请相关人员遵照执行。"),
    ("津沽师范大学", "未尽事宜由后勤处另行说明。"),
    ("临港职业学院", "以上内容自发布之日起生效。"),
    ("海津医科大学", "请互相转告。"),
    ("北运河学院", "咨询请在工作时间致电。"),
)


@dataclass(frozen=True)
class Judged:
    """A query and the documents that answer it."""

    query: str
    keys: frozenset[str]


@dataclass(frozen=True)
class Measure:
    """Mean F1 of the answerable queries; the share of the others with at most one hit; the worst, to be read."""

    f1: float
    quiet: float
    worst: list[tuple[float, str]]
    loud: list[tuple[int, str]]


def documents() -> list[Document]:
    """Every passage at every place."""
    found = []
    for number, line in enumerate(_lines("passages.txt")):
        code, title, text = line.split("|")
        for place, (school, closing) in enumerate(_PLACES):
            day = date(2022 + place, 1 + number % 12, 1 + number % 28)
            found.append(
                Document(
                    f"{code}:{place}",
                    "page",
                    title,
                    f"/{code}/{place}/",
                    (PUBLIC,),
                    f"{school}：{text}{closing}",
                    day=day,
                )
            )
    return found


def judged() -> list[Judged]:
    """Every query with its judgement."""
    found = []
    for line in _lines("queries.txt"):
        query, codes = line.split("|")
        keys = frozenset(f"{code}:{place}" for code in codes.split() for place in range(len(_PLACES)))
        found.append(Judged(query, keys))
    return found


def measure(answer: Callable[[str], list[str]], queries: Sequence[Judged] = ()) -> Measure:
    """`answer` gives the keys of all results of a query; without `queries` those of the judged set are asked."""
    scores, loud = [], []
    for each in queries or judged():
        found = set(answer(each.query))
        if each.keys:
            right = len(found & each.keys)
            scores.append((2 * right / (len(found) + len(each.keys)), each.query))
        else:
            loud.append((len(found), each.query))
    quiet = sum(count <= 1 for count, _ in loud) / len(loud)
    return Measure(
        sum(score for score, _ in scores) / len(scores), quiet, sorted(scores)[:15], [x for x in loud if x[0] > 1]
    )


_PAGES = "# page:"
_LISTS = frozenset({"_page", "map"})
SITE = HERE.parents[2] / "portal" / "demo" / "site" / "zh"
_NOT_WORDS = frozenset({"cover", "picture", "file", "slug", "topic", "kind", "committee"})


def held_out_documents() -> list[Document]:
    """The pages that were read when the set was written: title, and all their words."""
    lines = (HERE / "held_out.txt").read_text(encoding="utf-8").splitlines()
    known = {name for line in lines if line.startswith(_PAGES) for name in line.removeprefix(_PAGES).split()}
    return [each for each in site_documents() if each.key in known]


def site_documents() -> list[Document]:
    """Every page of the demo's site but the lists: title, and all its words."""
    found = []
    for path in sorted(SITE.rglob("*.md")):
        if path.stem in _LISTS:
            continue
        head, _, body = path.read_text(encoding="utf-8").removeprefix("+++").partition("\n+++")
        facts = tomllib.loads(head)
        text = "\n".join([*_words({**facts, "title": ""}), body])
        found.append(Document(path.stem, "page", facts["title"], f"/{path.stem}/", (PUBLIC,), text))
    return found


def blind(letter: str) -> tuple[list[Document], list[Judged]]:
    """A set by somebody who knew neither the search nor its words: `a` over the demo's pages, `b` over texts of his own."""
    if letter == "a":
        return site_documents(), of_pages("blind/set_a.txt")
    texts = (line.split("|") for line in _lines("blind/passages_b.txt"))
    made = [Document(code, "page", title, f"/{code}/", (PUBLIC,), text) for code, title, text in texts]
    return made, of_pages("blind/queries_b.txt")


def of_pages(name: str) -> list[Judged]:
    """Queries over pages of the demo's site, from `held_out.txt` or `second.txt`."""
    parts = (line.split("|") for line in _lines(name))
    return [Judged(query, frozenset(names.split())) for query, names in parts]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_WORDS:
                yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str):
        yield value


def _lines(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]

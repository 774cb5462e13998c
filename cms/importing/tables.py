"""A CSV of articles: title, date, column, HTML, old address; headings in Chinese or English, in any order."""

# Chinese text: the headings that people write over their columns.

import csv
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from cms.importing.articles import MOST_ARTICLES, Article, Export, Fault

#: What a column may be called, in small letters without blanks.
HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("title", "标题", "文章标题", "题目"),
    "day": ("date", "日期", "发布日期", "发布时间", "时间"),
    "column": ("column", "category", "栏目", "分类", "所属栏目"),
    "html": ("html", "正文", "内容", "正文html", "文章内容", "content"),
    "address": ("address", "url", "oldaddress", "原地址", "旧地址", "链接", "网址", "原链接"),
    "author": ("author", "作者", "供稿"),
}
_NEEDED = ("title", "html")
_CELL = 2_000_000
_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


def read_table(text: str) -> Export:
    """The articles of a table. What cannot be read is among the faults: a missing column, a row without a title."""
    export = Export()
    first = text.split("\n", 1)[0]
    mark = max(",\t;", key=first.count)
    before = csv.field_size_limit(_CELL)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=mark)
        places = _places(next(rows, []), export)
        if places is not None:
            _read_rows(rows, places, export)
    except csv.Error as error:
        export.faults.append(Fault(_("the whole table"), _("It cannot be read on: %(why)s") % {"why": error}))
    finally:
        csv.field_size_limit(before)
    return export


def _places(headings: list[str], export: Export) -> dict[str, int] | None:
    tight = [re.sub(r"[\s_]+", "", heading).lower() for heading in headings]
    found = {name: tight.index(word) for name, words in HEADINGS.items() for word in words if word in tight}
    missing = [HEADINGS[name][1] for name in _NEEDED if name not in found]
    if missing:
        words = _("The first row must name its columns; missing: %(names)s.") % {"names": "、".join(missing)}
        export.faults.append(Fault(_("row %(number)s") % {"number": 1}, words))
        return None
    return found


def _read_rows(rows: Iterator[list[str]], places: dict[str, int], export: Export) -> None:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        place = _("row %(number)s") % {"number": number}
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        if not cells["title"]:
            export.faults.append(Fault(place, _("It has no title; it is left out.")))
            continue
        export.articles.append(
            Article(
                place, cells["title"], day_of(cells.get("day", "")), cells.get("column", ""), cells["html"],
                cells.get("address", ""), cells.get("author", ""),
            )
        )  # fmt: skip
        if len(export.articles) > MOST_ARTICLES:
            export.faults.append(Fault(place, _("The table holds too many articles. Export the years one by one.")))
            return


def day_of(words: str) -> date | None:
    """A day as people write it: 2019-03-05, 2019/3/5, 2019.3.5, 2019年3月5日, with or without an hour; else None."""
    found = _DAY.match(words)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None

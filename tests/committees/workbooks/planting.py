"""Plants mistakes and harmless oddities in a filled workbook, and knows what reading it must report."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from committees.workbooks.templates import KEY_MARK, Kind, Layout, Place
from committees.workbooks.writer import build_workbook

#: What is typed into a cell for a number, and the code of the fault it is.
BAD_NUMBERS: tuple[tuple[str, object], ...] = (
    ("letters", "58,3OO"),
    ("letters", "1o5"),
    ("approximate", "约100"),
    ("range", "100-120"),
    ("excel_error", "#REF!"),
    ("excel_error", "#DIV/0!"),
    ("uncomputed", "=40+2"),
    ("date_cell", date(2026, 3, 1)),
    ("minus_behind", "5-"),
    ("minus_like", "—5"),
    ("minus_like", "–0.34"),
    ("text", "见附件"),
    ("chinese", "一百二十"),
    ("placeholder", "无"),
    ("boolean", True),
    ("several", "1234；5678"),
    ("precision_lost", 1 / 3),
    ("comma", "1,23"),
    ("stop", "123。5"),
    ("space", "12 3"),
    ("formula", "100+200"),
    ("brackets", "（1,234.5）"),
    ("other_unit", "12%"),
    ("power", "1e5"),
    ("mixed_marks", "1.234,5"),
)
#: What is typed oddly and still is one number.
ODD_NUMBERS: tuple[tuple[object, str], ...] = (
    ("１２，３４５", "12345"),
    ("1.2万", "12000"),
    ("1.2萬", "12000"),
    ("  58300 ", "58300"),
    ("58300\u00a0", "58300"),
    ("\u200b123", "123"),
    ("1 234 567", "1234567"),
    ("1,234.5", "1234.5"),
    ("−5", "-5"),
    ("－5", "-5"),
    ("1.5E+05", "150000"),
    ("+7", "7"),
    (0.1, "0.1"),
    ("   ", ""),
)
Odd = tuple[tuple[object, str], ...]
Found = tuple[str, str, str]
"""(sheet, cell, code) of a fault."""


@dataclass
class Planted:
    """A spoilt workbook: the faults that must be reported, the values and notices that must be read."""

    book: Workbook
    layout: Layout
    rng: random.Random
    values: dict[Place, Any]
    faults: set[Found] = field(default_factory=set)
    notices: set[str] = field(default_factory=set)
    formulas: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)

    def content(self) -> bytes:
        """The workbook as openpyxl saves it."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()

    def report(self, page: Worksheet, row: int, column: int, code: str) -> None:
        """This must be reported."""
        self.faults.add((page.title, f"{get_column_letter(column)}{row}", code))


class Spots:
    """Where the form stands in a sheet that was moved about: found by the hidden keys alone."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        marks = [cell for row in page.iter_rows() for cell in row if str(cell.value or "").startswith(KEY_MARK)]
        self.mark = marks[0]
        self.sheet = str(self.mark.value).removeprefix(KEY_MARK)
        keys = page[self.mark.row]
        self.columns = {str(cell.value): cell.column for cell in keys if cell.value and cell is not self.mark}
        self.rows: dict[str, int] = {}
        for row in range(self.mark.row + 1, page.max_row + 1):
            if code := page.cell(row, self.mark.column).value:
                self.rows.setdefault(str(code), row)


def spots_of(book: Workbook) -> Iterator[Spots]:
    """Every sheet of the form."""
    return (Spots(page) for page in book.worksheets if page.title != "_template")


def plant(
    layout: Layout, values: dict[Place, Any], errors: int, seed: int, *, by_calc: bool = False, odd: Odd = ODD_NUMBERS
) -> Planted:
    """A workbook with `errors` mistakes of random kinds and a few oddities. `by_calc`: LibreOffice will save it, which
    computes formulas, keeps 15 digits and shows true as 1, so that three kinds of mistake cannot survive.
    """
    rng = random.Random(seed)
    known = dict.fromkeys(layout.places()) | {place: value for place, value in values.items() if place[2] != "last"}
    book = openpyxl.load_workbook(BytesIO(build_workbook(layout, values)))
    planted = Planted(book, layout, rng, known)
    for spots in spots_of(book):
        _disturb(planted, spots)
    kinds: list[Callable[[Planted, Spots], bool]] = [_rename_heading, _change_unit, _rename_row, _add_row, _repeat_row]
    kinds += [_merge, _choose_wrongly, _write_too_much, _show_percent]
    left = errors
    while left:
        spots = Spots(rng.choice([page for page in book.worksheets if page.title != "_template"]))
        kind = rng.choice(kinds) if rng.random() < 0.35 else None
        done = kind(planted, spots) if kind else _spoil_number(planted, spots, by_calc)
        left -= done
    for _each in range(rng.randint(0, 6)):
        _write_oddly(planted, Spots(rng.choice([page for page in book.worksheets if page.title != "_template"])), odd)
    return planted


def _disturb(planted: Planted, spots: Spots) -> None:
    """What people do to a sheet that must not matter: swapped columns, rows moved, a comment, a hidden row."""
    page, rng = spots.page, planted.rng
    if rng.random() < 0.3:
        _swap_columns(page, spots.columns["value"], spots.columns["note"])
    if rng.random() < 0.3 and len(spots.rows) > 1:
        one, other = rng.sample(sorted(spots.rows.values()), 2)
        _swap_rows(page, one, other)
    if rng.random() < 0.3:
        page.cell(spots.mark.row + 1, spots.columns["value"]).comment = Comment("财务处已核", "会计")
    if rng.random() < 0.3:
        page.row_dimensions[rng.choice(sorted(spots.rows.values()))].hidden = True
        planted.notices.add("hidden_rows")
    if rng.random() < 0.2:
        page.title = f"{page.title}（终稿）"[:31]
        planted.notices.add("renamed_sheet")
    if rng.random() < 0.2:
        page.cell(spots.mark.row + 1, max(spots.columns.values()) + 3).value = "内部核对"
        planted.notices.add("extra_columns")


def _swap_columns(page: Worksheet, left: int, right: int) -> None:
    for row in range(1, page.max_row + 1):
        _swap(page, (row, left), (row, right))


def _swap_rows(page: Worksheet, one: int, other: int) -> None:
    for column in range(1, page.max_column + 1):
        _swap(page, (one, column), (other, column))


def _swap(page: Worksheet, one: tuple[int, int], other: tuple[int, int]) -> None:
    a, b = page.cell(*one), page.cell(*other)
    a.value, b.value = b.value, a.value
    a.number_format, b.number_format = b.number_format, a.number_format


def _free(planted: Planted, spots: Spots) -> tuple[str, int] | None:
    """(code, row) of an item nothing was done to yet."""
    free = [(code, row) for code, row in spots.rows.items() if (spots.sheet, row) not in planted.used]
    if not free:
        return None
    code, row = planted.rng.choice(free)
    planted.used.add((spots.sheet, row))
    return code, row


def _spoil_number(planted: Planted, spots: Spots, by_calc: bool) -> bool:
    chosen = _free(planted, spots)
    if chosen is None:
        return _add_row(planted, spots)
    bad = [each for each in BAD_NUMBERS if not (by_calc and each[0] in {"uncomputed", "precision_lost", "boolean"})]
    code, typed = planted.rng.choice(bad)
    column = spots.columns["value"]
    cell = spots.page.cell(chosen[1], column)
    cell.value = typed
    if isinstance(typed, str) and code == "formula":
        cell.data_type = "s"
    planted.report(spots.page, chosen[1], column, code)
    planted.values.pop((spots.sheet, chosen[0], "value"))
    return True


def _show_percent(planted: Planted, spots: Spots) -> bool:
    chosen = _free(planted, spots)
    if chosen is None:
        return False
    cell = spots.page.cell(chosen[1], spots.columns["value"])
    cell.value, cell.number_format = 0.12, "0.0%"
    planted.report(spots.page, chosen[1], cell.column, "other_unit")
    planted.values.pop((spots.sheet, chosen[0], "value"))
    return True


def _rename_heading(planted: Planted, spots: Spots) -> bool:
    key = planted.rng.choice(["value", "note"])
    row, column = spots.mark.row - 1, spots.columns[key]
    if spots.page.cell(row, column).value in {"用量", "附言"}:
        return False
    spots.page.cell(row, column).value = {"value": "用量", "note": "附言"}[key]
    planted.report(spots.page, row, column, "head_changed")
    return True


def _change_unit(planted: Planted, spots: Spots) -> bool:
    chosen = _free(planted, spots)
    column = spots.columns["#unit"]
    if chosen is None or not spots.page.cell(chosen[1], column).value:
        return False
    spots.page.cell(chosen[1], column).value = "百桶"
    planted.report(spots.page, chosen[1], column, "unit_changed")
    return True


def _rename_row(planted: Planted, spots: Spots) -> bool:
    chosen = _free(planted, spots)
    if chosen is None:
        return False
    column = spots.columns["#label"]
    spots.page.cell(chosen[1], column).value = "另一项"
    planted.report(spots.page, chosen[1], column, "label_changed")
    return True


def _add_row(planted: Planted, spots: Spots) -> bool:
    row = spots.page.max_row + 1
    spots.page.cell(row, spots.columns["#label"]).value = "食堂自备井"
    spots.page.cell(row, spots.columns["value"]).value = 12
    planted.report(spots.page, row, spots.columns["value"], "extra_row")
    return True


def _repeat_row(planted: Planted, spots: Spots) -> bool:
    code, at = planted.rng.choice(sorted(spots.rows.items()))
    row = spots.page.max_row + 1
    spots.page.cell(row, spots.mark.column).value = code
    spots.page.cell(row, spots.columns["#label"]).value = spots.page.cell(at, spots.columns["#label"]).value
    spots.page.cell(row, spots.columns["value"]).value = 5
    planted.report(spots.page, row, spots.columns["#label"], "repeated_row")
    return True


def _merge(planted: Planted, spots: Spots) -> bool:
    free = {row: code for code, row in spots.rows.items() if (spots.sheet, row) not in planted.used}
    first = next((row for row in sorted(free) if row + 1 in free), None)
    if first is None:
        return False
    column = spots.columns["value"]
    spots.page.merge_cells(start_row=first, end_row=first + 1, start_column=column, end_column=column)
    planted.used |= {(spots.sheet, first), (spots.sheet, first + 1)}
    for row in (first, first + 1):
        planted.values.pop((spots.sheet, free[row], "value"))
    planted.report(spots.page, first, column, "merged")
    return True


def _choose_wrongly(planted: Planted, spots: Spots) -> bool:
    sheet = next(sheet for sheet in planted.layout.sheets if sheet.key == spots.sheet)
    column = next((each for each in sheet.columns if each.kind is Kind.CHOICE), None)
    closed = {row.code for row in sheet.rows if column and column.key in row.closed}
    chosen = _free(planted, spots)
    if column is None or chosen is None or chosen[0] in closed:
        return False
    spots.page.cell(chosen[1], spots.columns[column.key]).value = "车"
    planted.report(spots.page, chosen[1], spots.columns[column.key], "choice")
    planted.values.pop((spots.sheet, chosen[0], column.key))
    return True


def _write_too_much(planted: Planted, spots: Spots) -> bool:
    chosen = _free(planted, spots)
    if chosen is None:
        return False
    spots.page.cell(chosen[1], spots.columns["note"]).value = "长" * 501
    planted.report(spots.page, chosen[1], spots.columns["note"], "long_text")
    planted.values.pop((spots.sheet, chosen[0], "note"))
    return True


def _write_oddly(planted: Planted, spots: Spots, odd: Odd) -> None:
    chosen = _free(planted, spots)
    if chosen is None:
        return
    column = spots.columns["value"]
    cell = spots.page.cell(chosen[1], column)
    cell.value, text = planted.rng.choice(odd)
    if planted.rng.random() < 0.25:
        cell.value, text = "=40+2", "42"
        planted.formulas[spots.page.title, cell.coordinate] = Decimal(text)
    planted.values[spots.sheet, chosen[0], "value"] = Decimal(text) if text else None

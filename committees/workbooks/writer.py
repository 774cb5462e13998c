"""Writing a template: from a layout and the values known so far to a workbook that looks well in Excel and WPS."""
# Chinese text: the name of a font

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from committees.workbooks.number_text import write_plain
from committees.workbooks.numbers import DIGITS_OF_EXCEL
from committees.workbooks.safe_text import clean_cell_text
from committees.workbooks.templates import (
    CODE_COLUMN,
    CODE_KEY,
    FIRST_COLUMN,
    FIRST_ROW,
    HEAD_ROW,
    HELP_KEY,
    IDENTITY_SHEET,
    KEY_MARK,
    KEY_ROW,
    LABEL_COLUMN,
    LABEL_KEY,
    NOTE_ROW,
    TITLE_ROW,
    UNIT_COLUMN,
    UNIT_KEY,
    CellValue,
    Column,
    Kind,
    Layout,
    Place,
    Row,
    Sheet,
    Values,
)

FONT = "微软雅黑"
GREEN, BLUE, LINE, GREY, INK = "#DBE9E0", "#1A4490", "#B9C4BE", "#EEF0EF", "#1F2A26"
MOST_LIST_CHARACTERS = 255
"""Excel takes a list of choices typed into a rule only up to this length; a longer one is referred to by range."""
A4 = 9
LEAST = Decimal(-(10**15))
"""Stands for no least value: a rule of Excel's must have one."""
_BASE = {"font_name": FONT, "font_size": 10.5, "font_color": INK, "valign": "vcenter"}
_BOXED = _BASE | {"border": 1, "border_color": LINE}
_STYLES: dict[str, dict[str, Any]] = {
    "title": _BASE | {"font_size": 15, "bold": True, "font_color": BLUE},
    "note": _BASE | {"font_size": 9.5, "font_color": "#55635C"},
    "head": _BOXED | {"bg_color": GREEN, "bold": True, "font_color": BLUE, "text_wrap": True, "align": "center"},
    "label": _BOXED | {"text_wrap": True},
    "unit": _BOXED | {"align": "center", "font_color": "#55635C"},
    "help": _BOXED | {"text_wrap": True, "font_size": 9.5, "font_color": "#55635C"},
    "closed": _BOXED | {"bg_color": GREY},
    "given": _BOXED | {"bg_color": GREY, "font_color": "#55635C"},
    "whole": {},
    "hidden": {"font_size": 8, "font_color": "#8A958F"},
    "number": _BOXED | {"align": "right", "locked": False},
    "text": _BOXED | {"num_format": "@", "locked": False, "text_wrap": True},
    "choice": _BOXED | {"num_format": "@", "locked": False, "align": "center"},
    "date": _BOXED | {"num_format": "yyyy-mm-dd", "locked": False, "align": "center"},
}
HEAD_STYLE, TEXT_STYLE = _STYLES["head"] | {"text_wrap": False}, _BASE
"""For plain exports, which look like the templates."""
_PROTECTION = {"format_columns": True, "format_rows": True, "sort": False, "select_locked_cells": True}


class TemplateWriter:
    """Writes one layout into one workbook; used once."""

    def __init__(self, layout: Layout, values: Values) -> None:
        self.layout, self.values = layout, values
        self.buffer = BytesIO()
        self.book = Workbook(
            self.buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        self.styles: dict[str, Format] = {name: self.book.add_format(style) for name, style in _STYLES.items()}
        self.choices: list[tuple[str, ...]] = []

    def write(self) -> bytes:
        self.book.set_properties({"title": self.layout.title})
        for sheet in self.layout.sheets:
            self._write_sheet(sheet)
        self._write_identity()
        self.book.close()
        return self.buffer.getvalue()

    def _write_sheet(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.name)
        self._write_head(page, sheet)
        for number, row in enumerate(sheet.rows, start=FIRST_ROW):
            self._write_row(page, sheet, number, row)
        self._hide_bare_points(page, sheet)
        self._set_up(page, sheet)

    def _write_head(self, page: Worksheet, sheet: Sheet) -> None:
        wording = self.layout.wording
        page.write_string(TITLE_ROW, LABEL_COLUMN, sheet.title, self.styles["title"])
        page.write_string(NOTE_ROW, LABEL_COLUMN, sheet.note, self.styles["note"])
        heads = [wording.item, wording.unit, *(column.heading for column in sheet.columns), wording.help]
        keys = [LABEL_KEY, UNIT_KEY, *(column.key for column in sheet.columns), HELP_KEY]
        for number, (head, key) in enumerate(zip(heads, keys, strict=True), start=LABEL_COLUMN):
            page.write_string(HEAD_ROW, number, head, self.styles["head"])
            page.write_string(KEY_ROW, number, key, self.styles["hidden"])
        page.write_string(HEAD_ROW, CODE_COLUMN, CODE_KEY, self.styles["hidden"])
        page.write_string(KEY_ROW, CODE_COLUMN, KEY_MARK + sheet.key, self.styles["hidden"])

    def _write_row(self, page: Worksheet, sheet: Sheet, number: int, row: Row) -> None:
        page.write_string(number, CODE_COLUMN, row.code, self.styles["hidden"])
        label = self._style("label", indent=row.indent) if row.indent else self.styles["label"]
        page.write_string(number, LABEL_COLUMN, row.label, label)
        page.write_string(number, UNIT_COLUMN, row.unit, self.styles["unit"])
        for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
            if column.key in row.closed:
                page.write_blank(number, place, None, self.styles["closed"])
                continue
            self._fill(page, number, place, (sheet.key, row.code, column.key), self._cell_style(row, column))
            if not column.given:
                self._guide(page, sheet, number, place, row, column)
        page.write_string(number, FIRST_COLUMN + len(sheet.columns), row.help, self.styles["help"])

    def _fill(self, page: Worksheet, number: int, column: int, place: Place, style: Format) -> None:
        """The known value of one cell."""
        write_value(page, number, column, self.values.get(place), style)

    def _cell_style(self, row: Row, column: Column) -> Format:
        if column.given:
            return self._style("given", num_format=_number_format(row.decimals_in(column)), align="right")
        if column.kind is Kind.NUMBER:
            return self._style("number", num_format=_number_format(row.decimals_in(column)))
        return self.styles[column.kind.value]

    def _style(self, name: str, **more: Any) -> Format:
        key = f"{name}:{more}"
        if key not in self.styles:
            self.styles[key] = self.book.add_format(_STYLES[name] | more)
        return self.styles[key]

    def _guide(self, page: Worksheet, sheet: Sheet, number: int, place: int, row: Row, column: Column) -> None:
        """The rule and the hint of one cell. Numbers only warn: 1.2万 typed as text is read by the portal."""
        wording, unit = self.layout.wording, column.unit or row.unit
        hint: dict[str, Any] = {"input_title": row.label[:32], "input_message": (row.help or wording.number)[:255]}
        rule: dict[str, Any]
        if column.kind is Kind.CHOICE:
            rule = {"validate": "list", "source": self._choice_source(column.choices), "error_message": wording.choose}
        elif column.kind is Kind.NUMBER:
            hint["input_message"] = f"{unit}　{row.help or wording.number}"[:255]
            rule = {"validate": "decimal", "error_type": "warning", "error_message": wording.number, **_bounds(column)}
        elif column.kind is Kind.TEXT:
            rule = {"validate": "length", "criteria": "<=", "value": column.most_characters}
        else:
            rule = {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1), "error_type": "warning"}
        page.data_validation(number, place, number, place, rule | hint)

    def _hide_bare_points(self, page: Worksheet, sheet: Sheet) -> None:
        """Where many decimals are allowed a whole number would show as `1,200.`; this shows `1,200`."""
        whole = self._style("whole", num_format="#,##0")
        for place, column in enumerate(sheet.columns, start=FIRST_COLUMN):
            if column.kind is not Kind.NUMBER:
                continue
            wanted = [row.decimals_in(column) > 2 and column.key not in row.closed for row in sheet.rows]
            for first, last in _runs(wanted):
                cell = f"{xl_col_to_name(place)}{FIRST_ROW + first + 1}"
                rule = {"type": "formula", "criteria": f"={cell}=INT({cell})", "format": whole}
                page.conditional_format(FIRST_ROW + first, place, FIRST_ROW + last, place, rule)

    def _choice_source(self, choices: tuple[str, ...]) -> list[str] | str:
        if len(",".join(choices)) <= MOST_LIST_CHARACTERS and not any("," in choice for choice in choices):
            return list(choices)
        if choices not in self.choices:
            self.choices.append(choices)
        column = xl_col_to_name(FIRST_COLUMN + self.choices.index(choices))
        return f"='{IDENTITY_SHEET}'!${column}$1:${column}${len(choices)}"

    def _set_up(self, page: Worksheet, sheet: Sheet) -> None:
        last = FIRST_COLUMN + len(sheet.columns)
        page.set_column(CODE_COLUMN, CODE_COLUMN, 12, None, {"hidden": True})
        page.set_column(LABEL_COLUMN, LABEL_COLUMN, 30)
        page.set_column(UNIT_COLUMN, UNIT_COLUMN, 10)
        for number, column in enumerate(sheet.columns, start=FIRST_COLUMN):
            page.set_column(number, number, column.width)
        page.set_column(last, last, 42)
        page.set_row(TITLE_ROW, 30)
        page.set_row(HEAD_ROW, 32)
        page.set_row(KEY_ROW, None, None, {"hidden": True})
        page.hide_gridlines(2)
        page.freeze_panes(FIRST_ROW, FIRST_COLUMN)
        page.protect("", _PROTECTION)
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.7, right=0.7, top=0.7, bottom=0.7)
        page.repeat_rows(HEAD_ROW)
        page.print_area(TITLE_ROW, LABEL_COLUMN, FIRST_ROW + len(sheet.rows) - 1, last)
        page.set_footer(f'&L&"{FONT}"&9{_escape(self.layout.title)}&R&"{FONT}"&9{self.layout.wording.page}')
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{FIRST_ROW + len(sheet.rows)}"})

    def _write_identity(self) -> None:
        page = self.book.add_worksheet(IDENTITY_SHEET)
        for number, (key, value) in enumerate(asdict(self.layout.identity).items()):
            page.write_string(number, 0, key)
            page.write_string(number, 1, value)
        for column, choices in enumerate(self.choices, start=3):
            for number, choice in enumerate(choices):
                page.write_string(number, column, clean_cell_text(choice).text)
        page.protect()
        page.very_hidden()


def build_workbook(layout: Layout, values: Values | None = None) -> bytes:
    """The template of a layout as .xlsx, filled with the values known so far (given columns, a draft)."""
    return TemplateWriter(layout, values or {}).write()


def write_value(page: Worksheet, row: int, column: int, value: CellValue, style: Format | None = None) -> bool:
    """Write one value by its kind; text always as text, never as formula, link or number.

    A Decimal with more digits than Excel keeps goes in as text, so that no digit is lost. Returns whether the value
    had to be changed (characters that XML cannot hold, more than a cell takes).
    """
    if value is None or value == "":
        page.write_blank(row, column, None, style)
        return False
    if isinstance(value, Decimal):
        if len(value.normalize().as_tuple().digits) > DIGITS_OF_EXCEL:
            page.write_string(row, column, format(value, "f"), style)
        else:
            page.write_number(row, column, value, style)
        return False
    if isinstance(value, date):
        page.write_datetime(row, column, value, style)
        return False
    cleaned = clean_cell_text(value)
    page.write_string(row, column, cleaned.text, style)
    return cleaned.is_changed


def _number_format(decimals: int) -> str:
    """Thousands parted; up to two decimals always shown, more only as far as typed (see `_hide_bare_points`)."""
    return "#,##0" + ("." + "0" * decimals if 0 < decimals <= 2 else "." + "#" * decimals if decimals else "")


def _runs(wanted: list[bool]) -> Iterator[tuple[int, int]]:
    """(first, last) of each unbroken run of true ones."""
    at = 0
    for is_wanted, run in groupby(wanted):
        length = len(list(run))
        if is_wanted:
            yield at, at + length - 1
        at += length


def _bounds(column: Column) -> dict[str, Any]:
    least, most = column.minimum, column.maximum
    if least is not None and most is not None:
        return {"criteria": "between", "minimum": write_plain(least), "maximum": write_plain(most)}
    if most is not None:
        return {"criteria": "<=", "value": write_plain(most)}
    return {"criteria": ">=", "value": write_plain(LEAST if least is None else least)}


def _escape(text: str) -> str:
    return text.replace("&", "&&")

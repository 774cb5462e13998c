"""Handing tables out as .xlsx and .csv: text stays text, figures stay exact, and what had to be changed is counted."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import TypeAlias

from xlsxwriter import Workbook

from committees.workbooks.numbers import DIGITS_OF_EXCEL
from committees.workbooks.rulebook import Text
from committees.workbooks.safe_text import clean_cell_text, neutralise_for_csv
from committees.workbooks.writer import HEAD_STYLE, TEXT_STYLE, write_value

ROWS_OF_A_SHEET = 1_048_576
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as GBK."""

ExportValue: TypeAlias = "Decimal | int | str | date | bool | Text | None"
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file. `changed`: cells whose text could not be written as it is; `sheets`: more than one when the
    rows did not fit into one.
    """

    content: bytes
    changed: int
    sheets: int = 1


def rows_to_xlsx(
    titles: Sequence[Text], rows: Iterable[Sequence[ExportValue]], name: str = "Sheet", most_rows: int = ROWS_OF_A_SHEET
) -> Export:
    """A table as a workbook with a frozen head and a filter. Rows beyond `most_rows` go on in a further sheet.

    Numbers with more than 15 digits are written as text; times as text in the zone they carry.
    """
    return sheets_to_xlsx([(name, titles, rows)], most_rows)


def sheets_to_xlsx(
    tables: Sequence[tuple[str, Sequence[Text], Iterable[Sequence[ExportValue]]]], most_rows: int = ROWS_OF_A_SHEET
) -> Export:
    """Several tables in one workbook, each on a sheet of its name (and on further ones where its rows do not fit)."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    written = [_write_table(book, name, titles, rows, most_rows) for name, titles, rows in tables]
    book.close()
    return Export(buffer.getvalue(), sum(changed for changed, _n in written), sum(n for _changed, n in written))


def _write_table(
    book: Workbook, name: str, titles: Sequence[Text], rows: Iterable[Sequence[ExportValue]], most_rows: int
) -> tuple[int, int]:
    """Returns how many cells had to be changed, and how many sheets were needed."""
    head, body = book.add_format(HEAD_STYLE), book.add_format(TEXT_STYLE | {"num_format": "@"})
    number, day = book.add_format(TEXT_STYLE), book.add_format(TEXT_STYLE | {"num_format": "yyyy-mm-dd"})
    changed = sheets = 0
    left = iter(rows)
    while True:
        batch = list(islice(left, most_rows - 1))
        if not batch and sheets:
            break
        sheets += 1
        page = book.add_worksheet(name if sheets == 1 else f"{name} {sheets}")
        changed += sum([write_value(page, 0, at, str(title), head) for at, title in enumerate(titles)])
        for at, row in enumerate(batch, start=1):
            for column, value in enumerate(map(plain_value, row)):
                style = number if isinstance(value, Decimal) else day if isinstance(value, date) else body
                changed += write_value(page, at, column, value, style)
        page.freeze_panes(1, 0)
        if titles:
            page.autofilter(0, 0, max(len(batch), 1), len(titles) - 1)
        page.autofit(WIDEST * 7)
    return changed, sheets


def rows_to_csv(titles: Sequence[Text], rows: Iterable[Sequence[ExportValue]]) -> Export:
    """A table as CSV in UTF-8 with byte order mark. What a spreadsheet would evaluate has an apostrophe before it."""
    buffer = StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer, lineterminator="\r\n")
    changed = 0
    for row in _with_titles(titles, rows):
        cells = [_csv_cell(value) for value in map(plain_value, row)]
        changed += sum(is_changed for _text, is_changed in cells)
        writer.writerow([text for text, _is_changed in cells])
    return Export(buffer.getvalue().encode("utf-8"), changed)


def plain_value(value: ExportValue) -> Decimal | str | date | None:
    """A value as the writers take it: numbers as Decimal where Excel keeps all digits, everything else as text."""
    if value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return Decimal(value) if len(str(abs(value))) <= DIGITS_OF_EXCEL else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value if isinstance(value, date) else str(value)


def _with_titles(titles: Sequence[Text], rows: Iterable[Sequence[ExportValue]]) -> Iterator[Sequence[ExportValue]]:
    yield [str(title) for title in titles]
    yield from rows


def _csv_cell(value: Decimal | str | date | None) -> tuple[str, bool]:
    if value is None:
        return "", False
    if isinstance(value, Decimal):
        return format(value, "f"), False
    if isinstance(value, date):
        return value.isoformat(), False
    safe = neutralise_for_csv(clean_cell_text(value).text)
    return safe.text, safe.text != value

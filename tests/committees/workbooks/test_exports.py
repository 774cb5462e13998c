"""Tables handed out: no text becomes a formula, no figure loses a digit, and every change is told."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.workbooks.exports import rows_to_csv, rows_to_xlsx
from committees.workbooks.safe_text import clean_cell_text, starts_formula

HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    " =cmd|' /C calc'!A0",
    "#N/A",
    "http://example.org",
    "\u200b=1",
]


def read_back(content: bytes):
    return [list(row) for row in openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows()]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_xlsx(text) -> None:
    row = read_back(rows_to_xlsx(["列"], [[text]]).content)[1]
    assert row[0].data_type == "s"
    assert row[0].hyperlink is None


@pytest.mark.parametrize("text", [t for t in HOSTILE if t not in {"#N/A", "http://example.org"}])
def test_formula_is_neutralised_in_csv(text) -> None:
    export = rows_to_csv(["列"], [[text]])
    cell = list(csv.reader(StringIO(export.content.decode("utf-8-sig"))))[1][0]
    assert cell.startswith("'")
    assert export.changed == 1


@pytest.mark.parametrize("text", ["+8613800000000", "-5", "-0.34", "普通", "a=b", "1-2", ""])
def test_harmless_text_is_left_alone_in_csv(text) -> None:
    export = rows_to_csv(["列"], [[text]])
    assert export.changed == 0
    assert list(csv.reader(StringIO(export.content.decode("utf-8-sig"))))[1:] in ([[text]], [[]])


def test_csv_opens_as_utf8_in_excel() -> None:
    content = rows_to_csv(["电"], [[Decimal("1E+3")], [date(2026, 3, 1)], [None], ['a"b\n']]).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[:4] == ["电", "1000", "2026-03-01", '""']


def test_values_by_kind() -> None:
    rows = [
        [Decimal("12.5"), Decimal("12345678901234567.89"), 7, 10**16, date(2026, 3, 1), datetime(2026, 3, 1, 8), None]
    ]
    cells = read_back(rows_to_xlsx(list("abcdefg"), rows).content)[1]
    assert [cell.value for cell in cells] == [
        12.5,
        "12345678901234567.89",
        7,
        "10000000000000000",
        datetime(2026, 3, 1),
        "2026-03-01 08:00:00",
        None,
    ]


def test_what_a_cell_cannot_hold_is_cut_and_counted() -> None:
    export = rows_to_xlsx(["a", "b", "c"], [["x\x00\x01y", "长" * 40_000, "好" + "𠀀"]])
    cells = read_back(export.content)[1]
    assert cells[0].value == "xy"
    assert cells[1].value.endswith("长…")
    assert len(cells[1].value) == 32_767
    assert cells[2].value == "好𠀀"
    assert export.changed == 2


def test_rows_beyond_a_sheet_go_on_in_the_next() -> None:
    export = rows_to_xlsx(["n"], ([n] for n in range(25)), name="表", most_rows=11)
    book = openpyxl.load_workbook(BytesIO(export.content))
    assert export.sheets == 3
    assert book.sheetnames == ["表", "表 2", "表 3"]
    assert [page.max_row for page in book.worksheets] == [11, 11, 6]
    assert rows_to_xlsx(["n"], []).sheets == 1


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_no_csv_cell_starts_a_formula(text) -> None:
    row = list(csv.reader(StringIO(rows_to_csv(["列"], [["x", text]]).content.decode("utf-8-sig"), newline="")))
    assert not starts_formula(row[1][1])


@settings(deadline=None)
@given(st.text(max_size=50))
def test_cleaned_text_can_be_written(text) -> None:
    clean_cell_text(text).text.encode("utf-8")


def test_rare_characters_are_not_cut_in_half() -> None:
    cut = clean_cell_text("𠀀" * 20_000).text
    assert cut.endswith("𠀀…")
    cut.encode("utf-8")

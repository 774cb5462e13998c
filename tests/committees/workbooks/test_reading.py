"""Each kind of mistake planted in a filled workbook: the faults reported are the ones planted, and no others."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from committees.workbooks.reader import accept_repairs, read_workbook
from committees.workbooks.templates import Column, Kind, Layout, Row, Sheet
from tests.committees.workbooks.workbook_samples import (
    BASE,
    ENERGY,
    FEE,
    FILLED,
    IDENTITY,
    LAYOUT,
    QUANTITY,
    build,
    repack,
    spoil,
)

pytestmark = pytest.mark.requirement("S7-07")


def read(content: bytes, layout: Layout = LAYOUT):
    return read_workbook(content, "年报.xlsx", layout)


def planted(change) -> set[tuple[str, str]]:
    """(cell, code) of every fault after a change; the sheet's first word stands before the cell."""
    return {(f"{fault.sheet[:2]}!{fault.cell}", fault.code) for fault in read(spoil(change)).faults}


def cells(**values):
    def change(book) -> None:
        for cell, value in values.items():
            book["表一 能源"][cell] = value

    return change


def test_template_is_read_back_as_it_was_filled() -> None:
    found = read(build())
    assert found.is_clean
    assert not found.notices
    expected = dict.fromkeys(LAYOUT.places()) | {k: v for k, v in FILLED.items() if k[2] != "last"}
    assert found.values == expected


def test_template_saved_by_another_program_is_read_alike() -> None:
    assert read(spoil(lambda book: None)).values == read(build()).values


def test_all_faults_at_once_in_the_order_of_the_sheet() -> None:
    def change(book) -> None:
        energy, base = book["表一 能源"], book["表二 基本情况"]
        energy["D5"], energy["E5"], energy["D6"], energy["D7"] = "58,3OO", "−0.34", "86400立方米", "约100"
        energy["E7"] = "1,23"
        base["D5"], base["E6"], base["F5"], base["G5"] = "无", "烧煤", "2026-02-30", "长" * 21

    found = read(spoil(change))
    assert [(f.sheet, f.cell, f.code, f.repair) for f in found.faults] == [
        ("表一 能源", "D5", "letters", "58300"),
        ("表一 能源", "E5", "below", None),
        ("表一 能源", "D6", "own_unit", "86400"),
        ("表一 能源", "D7", "approximate", None),
        ("表一 能源", "E7", "comma", None),
        ("表二 基本情况", "D5", "placeholder", None),
        ("表二 基本情况", "F5", "bad_date", None),
        ("表二 基本情况", "G5", "long_text", None),
        ("表二 基本情况", "E6", "choice", None),
    ]
    letters = found.faults[0]
    assert (letters.row, letters.column, letters.label, letters.value) == (5, "消费量", "电", "58,3OO")
    assert letters.place == ("energy", "electricity", "quantity")
    assert all(str(fault.reason) for fault in found.faults)
    assert not any("{" in str(fault.reason) for fault in found.faults)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("=1/0", "uncomputed"),
        ("#REF!", "excel_error"),
        ("#N/A", "excel_error"),
        (True, "boolean"),
        (date(2026, 3, 1), "date_cell"),
        (datetime(2026, 3, 1, 8, 30), "date_cell"),
        (1 / 3, "precision_lost"),
        (12345678901234567, "precision_lost"),
        ("1.234,5", "mixed_marks"),
        ("12 3", "space"),
        ("100-120", "range"),
        ("NaN", "not_finite"),
        ("—", "placeholder"),
        ("x" * 3000, "long_text"),
        ("-5", "below"),
    ],
)
def test_one_bad_cell_is_one_fault(value, code) -> None:
    assert planted(cells(D6=value)) == {("表一!D6", code)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("１２，３４５．５", "12345.5"),
        ("1.2万", "12000"),
        (" 58 300 ", "58300"),
        (0.1, "0.1"),
        (58300, "58300"),
        (None, None),
        ("  ", None),
        (0, "0"),
    ],
)
def test_one_good_cell(value, expected) -> None:
    found = read(spoil(cells(D6=value)))
    assert found.is_clean, found.faults
    number = found.values["energy", "gas", "quantity"]
    assert number == (Decimal(expected) if expected else None)
    assert number is None or str(number) == expected


def test_repairs_that_were_used_are_told() -> None:
    found = read(spoil(cells(D6="1.2万")))
    assert found.repairs == {("energy", "gas", "quantity"): ("scale",)}


def test_what_was_typed_is_kept_beside_the_value() -> None:
    found = read(spoil(cells(D6="1.2万", D7=0.1)))
    assert found.sources["energy", "gas", "quantity"] == "1.2万"
    assert found.sources["energy", "diesel", "quantity"] == "0.1"
    assert ("energy", "pv", "quantity") not in found.sources


def test_pressed_repairs_become_values() -> None:
    found = read(spoil(cells(D5="58,3OO", D6="86400立方米", D7="约100")))
    places = [("energy", "electricity", "quantity"), ("energy", "gas", "quantity")]
    mended = accept_repairs(found, LAYOUT, places)
    assert [fault.code for fault in mended.faults] == ["approximate"]
    assert [mended.values[place] for place in places] == [Decimal(58300), Decimal(86400)]
    assert mended.sources[places[1]] == "86400立方米"
    with pytest.raises(KeyError):
        accept_repairs(found, LAYOUT, [("energy", "diesel", "quantity")])


def test_decimals_of_a_row() -> None:
    row = Row("people", "人数", "人", decimals=0)
    layout = Layout(IDENTITY, "t", (replace(ENERGY, rows=(row,), columns=(QUANTITY, FEE)),))
    content = build(
        {("energy", "people", "quantity"): Decimal("1.5"), ("energy", "people", "fee"): Decimal("1.5")}, layout
    )
    assert [(fault.cell, fault.code) for fault in read(content, layout).faults] == [("D5", "too_fine")]


def test_cell_shown_in_percent() -> None:
    def change(book) -> None:
        cell = book["表一 能源"]["D6"]
        cell.value, cell.number_format = 0.12, "0.0%"

    assert planted(change) == {("表一!D6", "other_unit")}


def test_dates_choices_and_texts() -> None:
    def change(book) -> None:
        base = book["表二 基本情况"]
        base["F5"], base["F6"] = date(2020, 9, 1), "２０２１年３月１日"
        base["E5"], base["G5"], base["G6"] = "自 采暖", 12, "=附注"
        base["G6"].data_type = "s"

    found = read(spoil(change))
    assert found.is_clean, found.faults
    assert found.values["base", "area", "since"] == date(2020, 9, 1)
    assert found.values["base", "heating", "since"] == date(2021, 3, 1)
    assert found.values["base", "area", "way"] == "自采暖"
    assert found.values["base", "area", "note"] == "12"
    assert found.values["base", "heating", "note"] == "=附注"


@pytest.mark.parametrize("typed", ["2026-02-30", "2026/13/1", "26-3-1", "2026年3月", "01/03/2026", True])
def test_what_is_no_date(typed) -> None:
    def change(book) -> None:
        book["表二 基本情况"]["F5"] = typed

    assert planted(change) == {("表二!F5", "bad_date")}


def test_number_in_a_date_column_is_a_date_only_where_excel_shows_one() -> None:
    def change(book) -> None:
        base = book["表二 基本情况"]
        base["F5"] = 45000
        base["F6"], base["F6"].number_format = 45000, "General"

    found = read(spoil(change))
    assert found.values["base", "area", "since"] == date(2023, 3, 15)
    assert [(fault.cell, fault.code) for fault in found.faults] == [("F6", "bad_date")]


def test_closed_cell() -> None:
    assert planted(cells(E8=3)) == {("表一!E8", "closed")}


def test_given_column_is_not_read() -> None:
    assert planted(cells(F5="whatever")) == set()


def test_renamed_heading_and_changed_units() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        page["D3"], page["E3"], page["C5"], page["B6"] = "用量", "费用（元）", "万kWh", "煤气"

    assert planted(change) == {
        ("表一!D3", "head_changed"),
        ("表一!E3", "unit_changed"),
        ("表一!C5", "unit_changed"),
        ("表一!B6", "label_changed"),
    }


def test_unit_written_otherwise_is_the_same_unit() -> None:
    assert planted(cells(C5="千瓦时", C6="立方米", E3="费用 (万元)")) == set()


def test_moved_columns_and_rows_are_found_by_their_keys() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        for row in range(3, 9):
            page.cell(row, 4).value, page.cell(row, 5).value = page.cell(row, 5).value, page.cell(row, 4).value
        for column in range(1, 8):
            page.cell(5, column).value, page.cell(7, column).value = (
                page.cell(7, column).value,
                page.cell(5, column).value,
            )

    found = read(spoil(change))
    assert found.is_clean, found.faults
    assert found.values == read(build()).values


def test_inserted_rows_above_and_a_renamed_sheet_do_no_harm() -> None:
    def change(book) -> None:
        book["表一 能源"].insert_rows(1, 2)
        book["表一 能源"].title = "能源（终稿）"

    found = read(spoil(change))
    assert found.is_clean, found.faults
    assert [notice.code for notice in found.notices] == ["renamed_sheet"]
    assert found.values == read(build()).values


def test_missing_column_and_row() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        page.delete_cols(5)
        page.delete_rows(7)

    faults = read(spoil(change)).faults
    assert {(fault.code, fault.column, fault.label) for fault in faults} == {
        ("missing_column", "费用（万元）", ""),
        ("missing_row", "", "柴油"),
    }


def test_extra_and_repeated_rows() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        page["B9"], page["D9"], page["E9"] = "煤炭", 12, 3
        page["A10"], page["B10"], page["D10"] = "gas", "天然气", 5
        page["B11"] = "以上数字经财务处核对"

    assert planted(change) == {("表一!D9", "extra_row"), ("表一!B10", "repeated_row")}


def test_repeated_column() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        page["H3"], page["H4"], page["H5"] = "消费量", "quantity", 7

    assert planted(change) == {("表一!H3", "repeated_column")}


def test_merged_cells_of_the_form() -> None:
    def change(book) -> None:
        book["表一 能源"].merge_cells("D5:D6")
        book["表一 能源"].merge_cells("B1:F1")

    assert planted(change) == {("表一!D5", "merged")}


def test_hidden_rows_and_columns_and_strange_columns_are_told() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        page.row_dimensions[6].hidden = True
        page.column_dimensions["E"].hidden = True
        page["I5"] = "内部备注"

    found = read(spoil(change))
    assert found.is_clean
    assert {notice.code for notice in found.notices} == {"hidden_rows", "hidden_columns", "extra_columns"}
    assert any("I" in str(notice.text) for notice in found.notices)


def test_without_key_row_and_code_column_heading_and_name_serve() -> None:
    def change(book) -> None:
        page = book["表一 能源"]
        page.delete_cols(1)
        page.delete_rows(4)

    found = read(spoil(change))
    assert found.is_clean, found.faults
    assert found.values == read(build()).values


def test_missing_and_copied_sheet() -> None:
    def change(book) -> None:
        del book["表二 基本情况"]
        book.copy_worksheet(book["表一 能源"])

    assert {(fault.sheet, fault.code) for fault in read(spoil(change)).faults} == {
        ("表一 能源", "repeated_sheet"),
        ("表二 基本情况", "missing_sheet"),
    }


def test_sheet_with_nothing_of_the_form() -> None:
    def change(book) -> None:
        page = book["表二 基本情况"]
        page.delete_rows(1, 20)

    assert [(fault.sheet, fault.code) for fault in read(spoil(change)).faults] == [("表二 基本情况", "missing_sheet")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("template", "meters.list", "other_template"),
        ("form", "energy-first", "other_form"),
        ("form_version", "2022-12", "other_version"),
        ("school", "jinmen", "other_school"),
        ("period", "2025", "other_period"),
        ("layout_version", "0", "old_layout"),
    ],
)
def test_template_of_another_school_or_year(field, value, code) -> None:
    other = replace(LAYOUT, identity=replace(IDENTITY, **{field: value}))
    found = read(build(layout=other))
    assert [fault.code for fault in found.faults] == [code]
    assert found.is_refused
    assert not found.values
    if code != "old_layout":
        assert value in str(found.faults[0].reason)


def test_every_difference_of_identity_is_named() -> None:
    other = replace(LAYOUT, identity=replace(IDENTITY, school="jinmen", period="2025"))
    assert [fault.code for fault in read(build(layout=other)).faults] == ["other_school", "other_period"]


def test_workbook_of_ones_own() -> None:
    def change(book) -> None:
        del book["_template"]

    assert [fault.code for fault in read(spoil(change)).faults] == ["no_identity"]


def test_positions_that_a_writer_leaves_out_are_counted_on() -> None:
    import re

    def change(parts) -> None:
        name = "xl/worksheets/sheet1.xml"
        parts[name] = re.sub(rb'(<c|<row) r="[A-Z0-9]+"', rb"\1", parts[name])

    assert "electricity" in {code for _sheet, code, _key in LAYOUT.places()}
    # the cell reader and the scanner must agree on places; a file without them is read or refused, never misread
    found = read(repack(build(), change))
    assert found.faults or found.values == read(build()).values


def test_two_hundred_bad_cells_in_twenty_thousand_rows() -> None:
    layout = Layout(
        IDENTITY,
        "抄表",
        (Sheet("m", "抄表", "抄表", tuple(Row(f"m{n}", f"表{n}", "kWh") for n in range(4000)), (QUANTITY, FEE)),),
    )
    bad = dict.fromkeys(range(0, 4000, 20), "约1")
    columns = replace(layout.sheets[0], columns=(replace(QUANTITY, kind=Kind.TEXT), FEE))
    values = {("m", f"m{n}", "quantity"): bad.get(n, str(n)) for n in range(4000)}
    content = build(values, replace(layout, sheets=(columns,)))
    found = read(content, layout)
    assert len(found.faults) == 200
    assert [fault.row for fault in found.faults] == [n + 5 for n in bad]
    assert len(found.values) == 8000 - 200


def test_column_rules_reach_the_workbook_and_the_reader_alike() -> None:
    assert ENERGY.spec(ENERGY.rows[0], QUANTITY).unit == "kWh"
    assert ENERGY.spec(ENERGY.rows[0], FEE).unit == "万元"
    with pytest.raises(ValueError, match="repeat"):
        replace(BASE, columns=(Column("a", "一"), Column("a", "二")))
    with pytest.raises(ValueError, match="name of a sheet"):
        replace(BASE, name="a/b")


def test_formula_with_a_kept_value_is_read() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("表一")
    for at, text in enumerate(["#code", "项目", "数值"]):
        page.write(0, at, text)
    page.write_row(1, 0, ["#sheet:a", "#label", "value"])
    page.write_row(2, 0, ["x", "电"])
    page.write_formula(2, 2, "=40+2", None, 42)
    mark = book.add_worksheet("_template")
    for at, (key, value) in enumerate(
        [
            ("template", "energy.return"),
            ("form", "energy-annual"),
            ("form_version", "2025-11"),
            ("school", "haihe"),
            ("period", "2026"),
            ("layout_version", "1"),
        ]
    ):
        mark.write_row(at, 0, [key, value])
    book.close()
    layout = Layout(IDENTITY, "t", (Sheet("a", "表一", "t", (Row("x", "电"),), (Column("value", "数值"),)),))
    assert read(out.getvalue(), layout).values == {("a", "x", "value"): Decimal(42)}

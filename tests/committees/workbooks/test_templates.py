"""How a template looks and guards itself when it is opened in Excel or WPS."""

from dataclasses import replace
from io import BytesIO

import openpyxl

from committees.workbooks.templates import Column, Kind
from tests.committees.workbooks.workbook_samples import BASE, ENERGY, FILLED, LAYOUT, build


def opened(content: bytes | None = None):
    return openpyxl.load_workbook(BytesIO(content or build()))


def test_keys_are_hidden_and_the_mark_is_very_hidden() -> None:
    book = opened()
    page = book["表一 能源"]
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[4].hidden
    assert book["_template"].sheet_state == "veryHidden"
    assert {row[0].value: row[1].value for row in book["_template"].iter_rows(max_col=2)}["school"] == "haihe"


def test_only_cells_to_fill_are_unlocked() -> None:
    page = opened()["表一 能源"]
    assert page.protection.sheet
    unlocked = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {"D5", "D6", "D7", "D8", "E5", "E6", "E7"}


def test_head_has_the_colours_and_stays_in_sight() -> None:
    page = opened()["表一 能源"]
    assert page["D3"].fill.fgColor.rgb == "FFDBE9E0"
    assert page["D3"].font.color.rgb == "FF1A4490"
    assert page["E3"].value == "费用（万元）"
    assert page["B5"].font.name == "微软雅黑"
    assert page.freeze_panes == "D5"


def test_prints_on_a4_with_repeated_head() -> None:
    page = opened()["表一 能源"]
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$3:$3"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_area == "'表一 能源'!$B$1:$G$8"


def test_number_formats_and_prefilled_values() -> None:
    page = opened()["表一 能源"]
    assert page["E5"].number_format == "#,##0.00"
    assert page["D5"].value == 1234567.5
    assert page["F5"].value == 1200000
    assert page["D5"].number_format == "#,##0.######"
    assert {str(area.sqref) for area in page.conditional_formatting} == {"D5:D8", "F5:F8"}


def test_rules_of_cells_warn_for_numbers_and_bind_for_choices() -> None:
    book = opened()
    rules = {str(rule.sqref): rule for rule in book["表二 基本情况"].data_validations.dataValidation}
    assert rules["E5"].type == "list"
    assert rules["E5"].formula1 == '"集中供暖,自采暖"'
    assert rules["D5"].errorStyle == "warning"
    assert "m²" in rules["D5"].prompt


def test_long_lists_of_choices_go_to_the_hidden_sheet() -> None:
    choices = tuple(f"第{n}号选项很长很长" for n in range(60))
    base = replace(BASE, columns=(Column("value", "数值", kind=Kind.CHOICE, choices=choices),))
    book = opened(build({}, replace(LAYOUT, sheets=(base,))))
    (rule, _other) = book["表二 基本情况"].data_validations.dataValidation
    assert rule.formula1 == "'_template'!$D$1:$D$60"
    assert book["_template"]["D60"].value == choices[-1]


def test_prefilled_text_never_becomes_a_formula() -> None:
    book = opened(build(FILLED | {("base", "area", "note"): "=1+1"}))
    assert book["表二 基本情况"]["G5"].data_type == "s"


def test_same_layout_gives_the_same_sheet() -> None:
    first, second = (opened(build())["表一 能源"] for _ in range(2))
    rows = [[cell.value for cell in row] for row in first.iter_rows()]
    assert rows == [[cell.value for cell in row] for row in second.iter_rows()]
    assert len(rows) == 4 + len(ENERGY.rows)

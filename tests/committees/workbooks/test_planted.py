"""Random mistakes in the annual energy return: what is reported is what was planted, whoever saved the file."""

import re
from decimal import Decimal

import pytest
from django.utils.translation import override

from committees.energy.forms import ANNUAL_2025
from committees.filings.school.workbook import sheets_of
from committees.workbooks.reader import read_workbook
from committees.workbooks.templates import Identity, Layout
from tests.committees.workbooks.planting import Planted, plant
from tests.committees.workbooks.programs import by_libreoffice, by_openpyxl, by_xlsxwriter, has_libreoffice

pytestmark = pytest.mark.requirement("S7-07", "S9-75")

LAYOUT = Layout(
    Identity("filing.return", "energy-annual", ANNUAL_2025.version, "haihe", "2026"),
    "2026年度能源资源消费年报",
    tuple(sheets_of(ANNUAL_2025)),
)
FILLED = {
    (sheet.key, row.code, "value"): Decimal(1000 + number)
    for sheet in LAYOUT.sheets
    for number, row in enumerate(sheet.rows)
}
HAN = re.compile(r"[\u4e00-\u9fff]")


def check(planted: Planted, content: bytes) -> None:
    """The reading says exactly what was planted, in Chinese."""
    with override("zh-hans"):
        found = read_workbook(content, "年报.xlsx", LAYOUT)
        reasons = [str(fault.reason) for fault in found.faults]
    reported = [(fault.sheet, fault.cell, fault.code) for fault in found.faults]
    assert len(reported) == len(set(reported))
    assert set(reported) == planted.faults
    assert all(HAN.search(reason) and "{" not in reason for reason in reasons), reasons
    assert {notice.code for notice in found.notices} == planted.notices
    assert found.values == planted.values


@pytest.mark.parametrize("errors", [0, 1, 7, 25, 60])
def test_by_openpyxl_and_by_xlsxwriter(errors: int) -> None:
    check(planted := plant(LAYOUT, FILLED, errors, seed=errors), by_xlsxwriter(planted))
    check(planted, by_openpyxl(planted))


@pytest.mark.prove
@pytest.mark.parametrize("errors", range(1, 61))
def test_from_one_to_sixty(errors: int) -> None:
    check(planted := plant(LAYOUT, FILLED, errors, seed=1000 + errors), by_xlsxwriter(planted))
    check(planted, by_openpyxl(planted))


@pytest.mark.prove
@pytest.mark.timeout(400)
@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not on this machine")
def test_by_libreoffice(tmp_path) -> None:
    all_planted = [plant(LAYOUT, FILLED, errors, seed=2000 + errors, by_calc=True) for errors in range(1, 61, 3)]
    contents = by_libreoffice([planted.content() for planted in all_planted], tmp_path)
    for planted, content in zip(all_planted, contents, strict=True):
        check(planted, content)


def test_every_kind_is_planted() -> None:
    codes = {code for seed in range(40) for _sheet, _cell, code in plant(LAYOUT, FILLED, 60, seed).faults}
    assert len(codes) >= 25, sorted(codes)

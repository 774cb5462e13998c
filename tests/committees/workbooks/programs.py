"""The same workbook as other programs save it: XlsxWriter, LibreOffice."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
from xlsxwriter import Workbook

from tests.committees.workbooks.planting import Planted


def by_openpyxl(planted: Planted) -> bytes:
    """openpyxl keeps no computed value: formulas that should have one are written as their value."""
    for (sheet, cell), value in planted.formulas.items():
        planted.book[sheet][cell].value = value
    return planted.content()


def by_xlsxwriter(planted: Planted) -> bytes:
    """Cell by cell, formulas with their computed value beside them."""
    out = BytesIO()
    book = Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    for page in planted.book.worksheets:
        _copy(planted, page, book, book.add_worksheet(page.title))
    book.close()
    return out.getvalue()


def _copy(planted: Planted, page, book: Workbook, target) -> None:
    if page.sheet_state == "veryHidden":
        target.very_hidden()
    for row in page.iter_rows():
        for cell in row:
            if cell.value is not None:
                _copy_cell(planted, cell, book, target)
    for merged in page.merged_cells.ranges:
        target.merge_range(merged.coord, "", None)
        first = page.cell(merged.min_row, merged.min_col)
        if first.value is not None:
            target.write(first.coordinate, first.value)
    for number, dimension in page.row_dimensions.items():
        if dimension.hidden:
            target.set_row(number - 1, None, None, {"hidden": True})


def _copy_cell(planted: Planted, cell, book: Workbook, target) -> None:
    style = book.add_format({"num_format": cell.number_format})
    at = cell.row - 1, cell.column - 1
    computed = planted.formulas.get((cell.parent.title, cell.coordinate))
    if cell.data_type == "f":
        target.write_formula(*at, cell.value, style, int(computed) if computed is not None else "")
    elif cell.data_type == "e":
        target.write_formula(*at, "=NA()" if cell.value == "#N/A" else "=1/0", style, cell.value)
    elif cell.data_type == "b":
        target.write_boolean(*at, cell.value, style)
    elif cell.is_date:
        target.write_datetime(*at, cell.value, style)
    elif cell.data_type == "n":
        target.write_number(*at, cell.value, style)
    else:
        target.write_string(*at, str(cell.value), style)
    if cell.comment:
        target.write_comment(*at, cell.comment.text)


def has_libreoffice() -> bool:
    """Whether LibreOffice is on this machine."""
    return shutil.which("soffice") is not None


def by_libreoffice(contents: list[bytes], folder: Path) -> list[bytes]:
    """The workbooks opened and saved by LibreOffice, which computes their formulas; one start for all."""
    source, target = folder / "in", folder / "out"
    for each in (source, target):
        each.mkdir()
    paths = [source / f"{number:03}.xlsx" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target)]
    subprocess.run([*words, *map(str, paths)], check=True, capture_output=True, timeout=240)
    return [(target / path.name).read_bytes() for path in paths]


def values_of(content: bytes) -> dict[str, dict[str, object]]:
    """All cells of a workbook by sheet and address."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        page.title: {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}
        for page in book.worksheets
    }

"""The process that opens an uploaded workbook: bytes in, cells out as JSON, under limits it sets itself.

Run as `python -m committees.workbooks.child`. Input: one line of JSON (the limits), then the file. Output: one JSON
object, `{"sheets": …}` or `{"refused": rule id, "params": …}`. Imports no Django, so that it starts fast; knows nothing
of forms, so that a hostile file meets as little of the portal as can be.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from committees.workbooks.inspection import BROKEN_ARCHIVE
from committees.workbooks.packing import find_liar
from committees.workbooks.scan import ScanRefused, SheetScan, scan_package
from tenants.confined.limits import confine

Cell = list[Any]
"""[row, column, kind, value]; kinds: n number, p number shown in percent, s text, l text too long (its start), b true
or false, d date or time (ISO), e error of a formula, f formula never computed."""


def main() -> int:
    limits = json.loads(sys.stdin.buffer.readline())
    confine(memory=limits["memory"], cpu_seconds=limits["cpu"])
    answer = read_content(sys.stdin.buffer.read(), limits)
    sys.stdout.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")))  # dump() would encode in Python
    return 0


def read_content(content: bytes, limits: dict[str, Any]) -> dict[str, Any]:
    """Scan the package, then read its cells; every refusal is an answer, not an exception."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if find_liar(content, archive):
                raise ScanRefused("bomb")
            scans = scan_package(archive, limits)
        return {"sheets": read_sheets(content, scans, limits)}
    except ScanRefused as refused:
        return {"refused": refused.code, "params": refused.params}
    except MemoryError:
        return {"refused": "too_many_cells", "params": {"most": limits["cells"]}}
    except (*BROKEN_ARCHIVE, expat.ExpatError):
        return {"refused": "broken_file", "params": {}}


def read_sheets(content: bytes, scans: list[SheetScan], limits: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells of every sheet. Raises ScanRefused when their texts together are more than a form can hold."""
    from python_calamine import CalamineError, load_workbook

    try:
        workbook = load_workbook(BytesIO(content))
        sheets = [read_sheet(workbook.get_sheet_by_name(scan.name), scan, limits) for scan in scans]
    except CalamineError as error:
        raise ValueError("not a workbook") from error
    if sum(len(cell[3]) for sheet in sheets for cell in sheet["cells"] if cell[2] == "s") > limits["characters"]:
        raise ScanRefused("too_many_cells", most=limits["cells"])
    return sheets


def read_sheet(sheet: Any, scan: SheetScan, limits: dict[str, Any]) -> dict[str, Any]:
    cells: list[Cell] = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            if value != "" and (row, column) not in scan.errors:
                cells.append(_describe(row, column, value, scan, limits["text"]))
    cells += [[row, column, "e", error] for (row, column), error in scan.errors.items()]
    cells += [[row, column, "f", ""] for row, column in scan.uncomputed]
    return {
        "name": scan.name,
        "state": scan.state,
        "cells": cells,
        "merged": [list(sum(corners, ())) for corners in sheet.merged_cell_ranges or ()],
        "hidden_rows": scan.hidden_rows,
        "hidden_columns": scan.hidden_columns,
    }


def _describe(row: int, column: int, value: object, scan: SheetScan, most_text: int) -> Cell:
    if isinstance(value, bool):
        return [row, column, "b", value]
    if isinstance(value, int | float):
        return [row, column, "p" if (row, column) in scan.percents else "n", value]
    if isinstance(value, datetime) and value.time() == time.min:
        return [row, column, "d", value.date().isoformat()]
    if isinstance(value, date | time):
        return [row, column, "d", value.isoformat()]
    if isinstance(value, timedelta):
        return [row, column, "d", str(value)]
    text = str(value)
    return [row, column, "l", text[:60]] if len(text) > most_text else [row, column, "s", text]


if __name__ == "__main__":
    sys.exit(main())

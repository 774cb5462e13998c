"""Every bomb is refused with a clear Chinese text, in a child whose memory and processor time are capped.

No time is measured here: what a child may use is four seconds of a processor, and the kernel sees to that.
"""

import json
import re
import subprocess
import sys
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import translation

from committees.workbooks.inspection import LIMITS
from committees.workbooks.opening import open_workbook
from committees.workbooks.packing import find_liar
from committees.workbooks.reader import read_workbook
from tests.committees.workbooks.workbook_samples import LAYOUT, build
from tests.prove.bombs import makers

pytestmark = pytest.mark.prove
ROOT = Path(__file__).resolve().parents[3]
MB = 1024 * 1024
SECONDS = 5
MOST_MB = 150
"""Peak of the child's resident memory; what it may map is capped at 512 MB by itself."""
_PEAK = (
    "import sys, pathlib; from committees.workbooks import child; child.main(); "
    "sys.stderr.write(pathlib.Path('/proc/self/status').read_text())"
)

BOMBS = {
    "a million rows from one cell": (makers.million_rows_from_one_cell, {"too_many_rows"}),
    "endless cells": (makers.endless_cells, {"bomb"}),
    "endless empty cells that pack badly": (makers.varied_cells, {"too_many_cells"}),
    "merged ranges": (lambda: makers.merged(1_500_000), {"too_many_cells"}),
    "sheets of one part": (lambda: makers.many_sheets(5_000), {"too_many_sheets"}),
    "entities in a sheet": (makers.entity_bomb, {"doctype"}),
    "entities in the styles": (lambda: makers.entity_bomb("xl/styles.xml"), {"doctype"}),
    "entities in the properties": (lambda: makers.entity_bomb("docProps/app.xml"), {"doctype"}),
    "an entity outside": (makers.outside_entity, {"doctype"}),
    "a zip in a zip": (makers.deep_zip, {"not_workbook"}),
    "a zip of itself": (makers.quine_like, {"not_workbook"}),
    "a gigabyte that says 5 KB": (makers.lying, {"bomb"}),
    "a sheet of a gigabyte that says 5 KB": (lambda: makers.lying(makers.SHEET), {"bomb"}),
    "one name twice": (makers.twice, {"bomb"}),
    "entries over each other": (makers.folded, {"bomb"}),
    "200,000 entries": (lambda: makers.many_entries(200_000), {"bomb"}),
    "elements in elements": (makers.deep_elements, {"broken_file", "too_slow", "too_many_cells"}),
    "a program named .xlsx": (lambda: b"MZ" + b"\x90\x00" * 5_000, {"not_workbook"}),
}
HARMLESS = {
    "100,000 shared strings": lambda: makers.shared_strings(100_000),
    "names that lead out of the folder": makers.paths_in_names,
    "an attribute of megabytes": makers.giant_attribute,
}


def peak_mb(content):
    """Peak of the resident memory of a child that reads this; None when it was killed at its limit."""
    done = subprocess.run(
        [sys.executable, "-s", "-c", _PEAK], input=json.dumps(asdict(LIMITS)).encode() + b"\n" + content,
        capture_output=True, env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}, cwd="/", check=False,
    )  # fmt: skip
    found = re.search(rb"VmHWM:\s+(\d+) kB", done.stderr)
    return int(found[1]) / 1024 if found else None


@pytest.mark.requirement("UPL-03")
@pytest.mark.parametrize("name", BOMBS)
def test_refused_clearly(name):
    make, codes = BOMBS[name]
    content = make()
    reading = read_workbook(content, "年报.xlsx", LAYOUT)
    # On a slow machine the processor's limit may come before the one that is tried: refused all the same.
    assert {fault.code for fault in reading.faults} <= codes | {"too_slow"}
    assert reading.is_refused
    assert not reading.values
    with translation.override("zh-hans"):
        assert all(re.search("[\u4e00-\u9fff]", str(fault.reason)) for fault in reading.faults)


@pytest.mark.parametrize("name", [*BOMBS, *HARMLESS])
def test_the_childs_memory_stays_small(name):
    make = HARMLESS.get(name) or BOMBS[name][0]
    peak = peak_mb(make())
    assert peak is None or peak < MOST_MB, f"{peak} MB"


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_but_harmless_is_read(name):
    content = HARMLESS[name]()
    assert not open_workbook(content, "年报.xlsx", LIMITS).refused
    assert not Path("/tmp/hq-out.txt").exists()


def test_the_largest_honest_workbook_is_read():
    """Control of the limits: what they let in is read within them."""
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}"><v>{row * 7919 % 9973}.5</v></c>' for column in "ABCD") + "</row>"
        for row in range(1, 49_001)
    )  # fmt: skip
    content = makers.sheet(rows.encode())
    opened = open_workbook(content, "年报.xlsx", LIMITS)
    assert not opened.refused
    assert len(opened.grids[0].cells) == 196_000


def test_a_child_may_use_less_than_five_seconds_of_a_processor():
    """That a child is ended at this limit: tests/committees/workbooks/test_files.py."""
    assert LIMITS.cpu < SECONDS


def test_the_cap_is_what_ends_a_child():
    """Control: under a cap of 40 MB what is read otherwise is refused, and nothing else happens."""
    content = makers.shared_strings(900_000)
    assert not open_workbook(content, "年报.xlsx", LIMITS).refused
    found = open_workbook(content, "年报.xlsx", replace(LIMITS, memory=40 * MB))
    assert found.refused in {"too_slow", "broken_file", "too_many_cells"}


def test_a_liar_is_found_by_counting_only():
    """Control: without the count the standard library reads the told 5 KB and sees nothing."""
    content = makers.lying(size=50_000_000)
    with ZipFile(BytesIO(content)) as archive:
        assert len(archive.read(makers.STRINGS)) == 5_000
        assert find_liar(content, archive) == makers.STRINGS
    with ZipFile(BytesIO(build())) as archive:
        assert find_liar(build(), archive) == ""

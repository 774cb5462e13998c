"""Reading a filled workbook against its layout: all values, or all faults at once. Nothing is saved here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from committees.workbooks.faults import EXTERNAL_LINKS, Fault, Notice, fill
from committees.workbooks.file_rules import FILE_RULES
from committees.workbooks.inspection import LIMITS, Limits, has_external_links
from committees.workbooks.matching import find_grids
from committees.workbooks.opening import Cell, Grid, open_workbook
from committees.workbooks.sheet_reader import ReadCell, read_cell, read_sheet
from committees.workbooks.templates import IDENTITY_SHEET, CellValue, Identity, Layout, Place


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """What a workbook says. With any fault nothing of it may be saved; `values` then serves to show what was read.

    `sources`: what was typed where a value was read; `repairs`: the ids of the tolerances that were used to read it.
    """

    values: dict[Place, CellValue]
    faults: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()
    repairs: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    sources: dict[Place, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.faults

    @property
    def is_refused(self) -> bool:
        """Whether the file as a whole was not read."""
        return any(fault.code in FILE_RULES and not fault.sheet for fault in self.faults)


def read_workbook(content: bytes, filename: str, layout: Layout, limits: Limits = LIMITS) -> WorkbookReading:
    """Read an uploaded workbook: file, identity, sheets, cells. Faults come in the order of the layout's sheets,
    then by row and column. Never raises for what a file holds.
    """
    opened = open_workbook(content, filename, limits)
    if opened.refused:
        return WorkbookReading({}, (make_file_fault(opened.refused, **opened.params),))
    faults = check_identity(opened.grids, layout.identity)
    if faults:
        return WorkbookReading({}, tuple(faults))
    return _read_grids(opened.grids, layout, _notice_links(content))


def accept_repairs(reading: WorkbookReading, layout: Layout, places: Collection[Place]) -> WorkbookReading:
    """The reading after a person pressed the proposed repair at these places; other faults stay as they are.

    Raises KeyError for a place without a fault that has a repair.
    """
    faults = {fault.place: fault for fault in reading.faults if fault.place and fault.repair is not None}
    values, sources = dict(reading.values), dict(reading.sources)
    for place in places:
        fault = faults[place]
        sheet, row, column = layout.find(place)
        read = read_cell(Cell("s", fault.repair), sheet, row, column)
        if isinstance(read, ReadCell):
            values[place], sources[place] = read.value, fault.value
            del faults[place]
    left = tuple(fault for fault in reading.faults if fault.place not in places or fault.place in faults)
    return replace(reading, values=values, sources=sources, faults=left)


def make_file_fault(code: str, **params: Any) -> Fault:
    """The fault of a whole file by the rule of this id."""
    return Fault(code, fill(FILE_RULES[code], **params), value=str(params.get("found", "")))


def check_identity(grids: Iterable[Grid], expected: Identity) -> list[Fault]:
    """Compare the hidden mark of a workbook with what is wanted; every difference is named."""
    page = next((grid for grid in grids if grid.name == IDENTITY_SHEET), None)
    if page is None:
        return [make_file_fault("no_identity")]
    found = {page.text(row, 0): page.text(row, 1) for row, column in page.cells if column == 0}
    codes = {
        "template": "other_template",
        "layout_version": "old_layout",
        "form": "other_form",
        "form_version": "other_version",
        "school": "other_school",
        "period": "other_period",
    }
    return [
        make_file_fault(codes[name], found=found.get(name, ""), expected=getattr(expected, name))
        for name in (each.name for each in fields(expected))
        if found.get(name, "") != getattr(expected, name)
    ]


def _read_grids(grids: tuple[Grid, ...], layout: Layout, notices: list[Notice]) -> WorkbookReading:
    values: dict[Place, CellValue] = {}
    repairs: dict[Place, tuple[str, ...]] = {}
    sources: dict[Place, str] = {}
    faults: list[Fault] = []
    for sheet in layout.sheets:
        found = find_grids(grids, sheet)
        if len(found) != 1:
            code = "repeated_sheet" if found else "missing_sheet"
            faults.append(Fault(code, fill(FILE_RULES[code], expected=sheet.name), sheet=sheet.name))
            continue
        read = read_sheet(found[0], sheet)
        values |= read.values
        repairs |= read.repairs
        sources |= read.sources
        notices += read.notices
        faults += sorted(read.faults, key=lambda fault: (fault.row, fault.column_number))
    return WorkbookReading(values, tuple(faults), tuple(notices), repairs, sources)


def _notice_links(content: bytes) -> list[Notice]:
    return [Notice("external_links", EXTERNAL_LINKS)] if has_external_links(content) else []

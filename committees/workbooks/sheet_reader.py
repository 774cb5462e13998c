"""Reading one sheet: every cell of the form by its kind, and everything in the sheet that the form does not know."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import format_lazy
from xlsxwriter.utility import xl_col_to_name

from committees.workbooks.dates import read_date, read_date_cell
from committees.workbooks.faults import EXTRA_COLUMNS, HIDDEN_COLUMNS, HIDDEN_ROWS, RENAMED_SHEET, Fault, Notice, fill
from committees.workbooks.file_rules import FILE_RULES
from committees.workbooks.matching import Match, flatten, match_sheet, missing_columns, missing_rows, split_heading
from committees.workbooks.number_rules import EXCEL_ERROR_RULE
from committees.workbooks.numbers import Reading, Refusal, read_number, read_percent_cell
from committees.workbooks.opening import Cell, Grid
from committees.workbooks.place_rules import PLACE_RULES
from committees.workbooks.rulebook import Text
from committees.workbooks.safe_text import clean_cell_text
from committees.workbooks.templates import CellValue, Column, Kind, Place, Row, Sheet
from committees.workbooks.units import is_same_unit


@dataclass(slots=True)
class SheetReading:
    """What one sheet says; faults in the order in which they were met."""

    values: dict[Place, CellValue] = field(default_factory=dict)
    sources: dict[Place, str] = field(default_factory=dict)
    repairs: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """Why one cell is refused, before it is known where it stands."""

    code: str
    reason: Text
    repair: str | None = None


def read_sheet(grid: Grid, sheet: Sheet) -> SheetReading:
    """Read one sheet against its layout. A sheet whose form cannot be found again has one fault for the sheet."""
    match = match_sheet(grid, sheet)
    if match is None or not match.columns:
        reason = fill(FILE_RULES["missing_sheet"], expected=sheet.name)
        return SheetReading(faults=[Fault("missing_sheet", reason, sheet=grid.name)])
    return _SheetReader(grid, sheet, match).read()


class _SheetReader:
    def __init__(self, grid: Grid, sheet: Sheet, match: Match) -> None:
        self.grid, self.sheet, self.match = grid, sheet, match
        self.result = SheetReading()
        self.columns = {column.key: column for column in sheet.columns}
        self.rows = {row.code: row for row in sheet.rows}
        self.read_columns = {
            match.columns[column.key]: column
            for column in sheet.columns
            if not column.given and column.key in match.columns
        }
        self.merged: set[tuple[int, int]] = set()

    def read(self) -> SheetReading:
        self._check_columns()
        self._check_rows()
        self._check_merged()
        for row in self.sheet.rows:
            at = self.match.rows.get(row.code)
            if at is not None:
                for place, column in self.read_columns.items():
                    self._read_cell(at, place, row, column)
        self._find_extra_rows()
        self._notice()
        return self.result

    def _read_cell(self, at: int, place: int, row: Row, column: Column) -> None:
        if (at, place) in self.merged:
            return
        cell = self.grid.cells.get((at, place))
        key: Place = (self.sheet.key, row.code, column.key)
        if column.key in row.closed:
            if cell is not None and not cell.is_blank:
                self._add(_refuse("closed"), at, place, row, column, key)
            return
        read = read_cell(cell, self.sheet, row, column)
        if isinstance(read, RefusedCell):
            self._add(read, at, place, row, column, key)
            return
        self.result.values[key] = read.value
        if cell is not None and read.value is not None:
            self.result.sources[key] = cell.text
        if read.repairs:
            self.result.repairs[key] = read.repairs

    def _check_columns(self) -> None:
        head = self.match.head_row
        for column in missing_columns(self.sheet, self.match):
            self._add(_refuse("missing_column", expected=column.heading), head, None, None, column)
        for key, place in self.match.repeated_columns:
            column = self.columns[key]
            self._add(_refuse("repeated_column", expected=column.heading), head, place, None, column)
        for place, column in self.read_columns.items():
            title, unit = split_heading(self.grid.text(head, place))
            wanted_title, wanted_unit = split_heading(column.heading)
            if title != wanted_title:
                self._add(_refuse("head_changed", expected=column.heading), head, place, None, column)
            elif unit != wanted_unit and not (unit and is_same_unit(unit, wanted_unit)):
                expected = column.unit or column.heading
                self._add(_refuse("unit_changed", expected=expected), head, place, None, column)

    def _check_rows(self) -> None:
        for row in missing_rows(self.sheet, self.match):
            self._add(_refuse("missing_row", expected=row.label), None, None, row, None)
        for code, at in self.match.repeated_rows:
            row = self.rows[code]
            self._add(_refuse("repeated_row", expected=row.label), at, self.match.label_column, row, None)
        for code, at in self.match.rows.items():
            self._check_label(at, self.rows[code])

    def _check_label(self, at: int, row: Row) -> None:
        label, unit = self.match.label_column, self.match.unit_column
        if label is not None and flatten(self.grid.text(at, label)) != flatten(row.label):
            self._add(_refuse("label_changed", expected=row.label), at, label, row, None)
        if unit is None or not row.unit:
            return
        found = self.grid.text(at, unit)
        if flatten(found) != flatten(row.unit) and not is_same_unit(found, row.unit):
            self._add(_refuse("unit_changed", expected=row.unit), at, unit, row, None)

    def _check_merged(self) -> None:
        rows = {at: self.rows[code] for code, at in self.match.rows.items()}
        for first_row, first_column, last_row, last_column in self.grid.merged:
            spots = [
                (at, place)
                for at in rows
                if first_row <= at <= last_row
                for place in self.read_columns
                if first_column <= place <= last_column
            ]
            if spots:
                at, place = min(spots)
                self.merged.update(spots)
                self._add(_refuse("merged"), at, place, rows[at], self.read_columns[place])

    def _find_extra_rows(self) -> None:
        """Filled cells of the form's columns in rows that the form does not have; one fault a row."""
        known = set(self.match.rows.values()) | {at for _code, at in self.match.repeated_rows}
        found: dict[int, int] = {}
        for (at, place), _cell in self.grid.filled():
            if place in self.read_columns and at > self.match.last_head_row and at not in known:
                found[at] = min(place, found.get(at, place))
        for at, place in found.items():
            self._add(_refuse("extra_row"), at, place, None, self.read_columns[place])

    def _notice(self) -> None:
        rows = self.grid.hidden_rows & set(self.match.rows.values())
        if rows:
            self._remark("hidden_rows", format_lazy(HIDDEN_ROWS, count=len(rows)))
        hidden = [place for place in self.read_columns if any(a <= place <= b for a, b in self.grid.hidden_columns)]
        if hidden:
            self._remark("hidden_columns", format_lazy(HIDDEN_COLUMNS, count=len(hidden)))
        extra = self._extra_columns()
        if extra:
            self._remark("extra_columns", format_lazy(EXTRA_COLUMNS, names="、".join(map(xl_col_to_name, extra))))
        if flatten(self.grid.name) != flatten(self.sheet.name):
            self._remark("renamed_sheet", format_lazy(RENAMED_SHEET, expected=self.sheet.name))

    def _extra_columns(self) -> list[int]:
        """Columns right of the form in which something stands beside its rows."""
        rows = set(self.match.rows.values())
        last = max(self.match.columns.values())
        help_column = last + 1
        return sorted({place for (at, place), _cell in self.grid.filled() if at in rows and place > help_column})

    def _remark(self, code: str, text: Text) -> None:
        self.result.notices.append(Notice(code, text, self.grid.name))

    def _add(
        self,
        refused: RefusedCell,
        at: int | None,
        place: int | None,
        row: Row | None,
        column: Column | None,
        key: Place | None = None,
    ) -> None:
        has_cell = at is not None and place is not None
        cell = self.grid.cells.get((at, place)) if at is not None and place is not None else None
        self.result.faults.append(
            Fault(
                code=refused.code,
                reason=refused.reason,
                sheet=self.grid.name,
                cell=f"{xl_col_to_name(place)}{at + 1}" if has_cell else "",  # type: ignore[operator]
                row=at + 1 if at is not None else 0,
                column=column.heading if column else "",
                label=row.label if row else "",
                value=cell.text if cell else "",
                repair=refused.repair,
                place=key,
                column_number=place + 1 if place is not None else 0,
            )
        )


@dataclass(frozen=True, slots=True)
class ReadCell:
    value: CellValue
    repairs: tuple[str, ...] = ()


def read_cell(cell: Cell | None, sheet: Sheet, row: Row, column: Column) -> "ReadCell | RefusedCell":
    """The value of one cell by its column's kind; an empty cell is None, never zero and never an empty text."""
    if cell is None or cell.is_blank:
        return ReadCell(None)
    match cell.kind:
        case "e":
            return RefusedCell(EXCEL_ERROR_RULE.id, EXCEL_ERROR_RULE.reason)
        case "f":
            return _refuse("uncomputed")
        case "l":
            return _refuse("long_text", most=column.most_characters)
    match column.kind:
        case Kind.NUMBER:
            return _read_number(cell, sheet, row, column)
        case Kind.DATE:
            found = read_date_cell(cell.value) if cell.kind == "d" else read_date(cell.text)
            return ReadCell(found) if found else _refuse("bad_date")
        case Kind.CHOICE:
            return _read_choice(cell, column)
        case Kind.TEXT:
            return _read_text(cell, column)


def _read_number(cell: Cell, sheet: Sheet, row: Row, column: Column) -> "ReadCell | RefusedCell":
    spec = sheet.spec(row, column)
    read: Reading | Refusal
    if cell.kind == "p":
        read = read_percent_cell(cell.value, spec)
    elif cell.kind == "d":
        read = _read_date_as_number(cell)
    else:
        read = read_number(cell.value, spec)
    if isinstance(read, Refusal):
        return RefusedCell(read.code, read.message, read.proposal)
    return ReadCell(read.value, read.repairs)


def _read_date_as_number(cell: Cell) -> Reading | Refusal:
    """Refused by the rule for dates, whatever the day."""
    return read_number(read_date_cell(cell.value) or date.min)


def _read_choice(cell: Cell, column: Column) -> "ReadCell | RefusedCell":
    found = {flatten(choice): choice for choice in column.choices}.get(flatten(cell.text))
    return ReadCell(found) if found else _refuse("choice", expected="、".join(column.choices[:12]))


def _read_text(cell: Cell, column: Column) -> "ReadCell | RefusedCell":
    text = clean_cell_text(cell.text).text.strip()
    if len(text) > column.most_characters:
        return _refuse("long_text", most=column.most_characters)
    return ReadCell(text)


def _refuse(code: str, **params: Any) -> RefusedCell:
    rule = PLACE_RULES[code]
    return RefusedCell(code, fill(rule, **params) if params else rule.reason)

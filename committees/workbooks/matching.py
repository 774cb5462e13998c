"""Finding a form's rows and columns again in a sheet that people have worked on: by key, then by what they read."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from committees.workbooks.opening import Grid
from committees.workbooks.templates import KEY_MARK, LABEL_KEY, UNIT_KEY, Column, Row, Sheet

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 60
_HEADING = re.compile(r"(.*?)\((.*)\)")


@dataclass(slots=True)
class Match:
    """Where a sheet's columns and rows stand; what is missing or there twice is listed by key."""

    head_row: int
    last_head_row: int
    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    label_column: int | None = None
    unit_column: int | None = None
    repeated_columns: list[tuple[str, int]] = field(default_factory=list)
    repeated_rows: list[tuple[str, int]] = field(default_factory=list)


def flatten(text: str) -> str:
    """A text as it is compared: width, case, spaces and kind of brackets do not count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def split_heading(text: str) -> tuple[str, str]:
    """(title, unit) of a heading, both flattened: `费用（万元）` -> (`费用`, `万元`)."""
    flat = flatten(text)
    match = _HEADING.fullmatch(flat)
    return (match[1], match[2]) if match else (flat, "")


def find_grids(grids: tuple[Grid, ...], sheet: Sheet) -> list[Grid]:
    """The grids that carry the sheet's mark; without any, the one of its name."""
    marked = [grid for grid in grids if _find_mark(grid, sheet) is not None]
    return marked or [grid for grid in grids if flatten(grid.name) == flatten(sheet.name)]


def match_sheet(grid: Grid, sheet: Sheet) -> Match | None:
    """Find rows and columns by the hidden keys, or, where people deleted those, by heading and name. None: neither."""
    mark = _find_mark(grid, sheet)
    if mark is not None:
        match = Match(head_row=max(mark[0] - 1, 0), last_head_row=mark[0])
        _match_keys(grid, sheet, match)
        _match_rows(grid, match, mark[1], {row.code: row.code for row in sheet.rows})
    else:
        head = _find_heading_row(grid, sheet)
        if head is None:
            return None
        match = Match(head_row=head, last_head_row=head)
        _match_headings(grid, sheet, match)
    if not match.rows:
        _match_by_code_or_label(grid, sheet, match)
    return match


def _find_mark(grid: Grid, sheet: Sheet) -> tuple[int, int] | None:
    wanted = KEY_MARK + sheet.key
    spots = (spot for spot, cell in grid.cells.items() if cell.value == wanted)
    return min(spots, default=None)


def _match_keys(grid: Grid, sheet: Sheet, match: Match) -> None:
    known = {column.key for column in sheet.columns}
    for column in _columns_of(grid, match.last_head_row):
        key = grid.text(match.last_head_row, column)
        if key == LABEL_KEY:
            match.label_column = column
        elif key == UNIT_KEY:
            match.unit_column = column
        elif key in match.columns:
            match.repeated_columns.append((key, column))
        elif key in known:
            match.columns[key] = column


def _match_headings(grid: Grid, sheet: Sheet, match: Match) -> None:
    wanted = {split_heading(column.heading)[0]: column.key for column in sheet.columns}
    for column in _columns_of(grid, match.head_row):
        key = wanted.get(split_heading(grid.text(match.head_row, column))[0])
        if key in match.columns:
            match.repeated_columns.append((key, column))
        elif key:
            match.columns[key] = column


def _find_heading_row(grid: Grid, sheet: Sheet) -> int | None:
    """The row among the first ones in which most headings stand, at least one."""
    wanted = {split_heading(column.heading)[0] for column in sheet.columns}
    hits: dict[int, int] = defaultdict(int)
    for (row, _column), cell in grid.filled():
        if row < SEARCHED_ROWS and split_heading(cell.text)[0] in wanted:
            hits[row] += 1
    return max(hits, key=lambda row: (hits[row], -row), default=None)


def _match_by_code_or_label(grid: Grid, sheet: Sheet, match: Match) -> None:
    """Without a code column: the column that holds most codes, else the one that holds most names."""
    for names in (
        {flatten(row.code): row.code for row in sheet.rows},
        {flatten(row.label): row.code for row in sheet.rows},
    ):
        hits: dict[int, int] = defaultdict(int)
        for (row, column), cell in grid.filled():
            if row > match.last_head_row and column < SEARCHED_COLUMNS and flatten(cell.text) in names:
                hits[column] += 1
        if hits:
            column = max(hits, key=lambda number: (hits[number], -number))
            _match_rows(grid, match, column, names)
            return


def _match_rows(grid: Grid, match: Match, column: int, names: dict[str, str]) -> None:
    for row in sorted(row for row, at in grid.cells if at == column and row > match.last_head_row):
        text = grid.text(row, column)
        code = names.get(text) or names.get(flatten(text))
        if code in match.rows:
            match.repeated_rows.append((code, row))
        elif code:
            match.rows[code] = row


def _columns_of(grid: Grid, row: int) -> list[int]:
    return sorted(column for at, column in grid.cells if at == row)


def missing_columns(sheet: Sheet, match: Match) -> list[Column]:
    return [column for column in sheet.columns if not column.given and column.key not in match.columns]


def missing_rows(sheet: Sheet, match: Match) -> list[Row]:
    return [row for row in sheet.rows if row.code not in match.rows]

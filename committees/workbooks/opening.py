"""Opening an uploaded file: inspected here, parsed in a process of its own, handed back as plain grids of cells."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from committees.workbooks.inspection import Limits, inspect_file
from committees.workbooks.number_text import shift_point
from tenants.confined.running import Ending, run_confined

CHILD = "committees.workbooks.child"
#: More than the cells and characters of a form can come to.
MOST_TOLD = 128 * 1024 * 1024
Spot = tuple[int, int]
"""(row, column), both from 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell; `kind` as in `child`."""

    kind: str
    value: Any

    @property
    def text(self) -> str:
        """The value as a page shows it; a cell shown in percent with its sign, or it would be taken for the bare number."""
        if self.kind == "p":
            return f"{shift_point(format(Decimal(repr(self.value)), 'f'), 2):f}%"
        if self.kind == "n":
            return f"{self.value:.15g}" if abs(self.value) < 1e15 else repr(self.value)
        return ("TRUE" if self.value else "FALSE") if self.kind == "b" else str(self.value)

    @property
    def is_blank(self) -> bool:
        return self.kind == "s" and not self.value.strip()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it was read."""

    name: str
    state: str
    cells: dict[Spot, Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text.strip() if cell else ""

    def filled(self) -> Iterator[tuple[Spot, Cell]]:
        return ((spot, cell) for spot, cell in self.cells.items() if not cell.is_blank)


@dataclass(frozen=True, slots=True)
class Opened:
    """The grids of a workbook, or the id of the file rule that refuses it, with what its reason names."""

    grids: tuple[Grid, ...] = ()
    refused: str = ""
    params: dict[str, Any] = field(default_factory=dict)


def open_workbook(content: bytes, filename: str, limits: Limits) -> Opened:
    """Inspect and read a file. Never raises for what the file holds; a child that is killed counts as refused."""
    refused = inspect_file(content, filename, limits)
    if refused:
        return Opened(refused=refused, params={"most": limits.size // (1024 * 1024)})
    answer = _ask_child(content, limits)
    if "refused" in answer:
        return Opened(refused=answer["refused"], params=answer["params"])
    return Opened(grids=tuple(_make_grid(sheet) for sheet in answer["sheets"]))


def _ask_child(content: bytes, limits: Limits) -> dict[str, Any]:
    """The child's answer, or the refusal that its end stands for."""
    message = json.dumps(asdict(limits)).encode() + b"\n" + content
    told = run_confined(CHILD, message, seconds=limits.wall, most_bytes=MOST_TOLD)
    if told.ending in {Ending.TOO_SLOW, Ending.ENDED}:
        return {"refused": "too_slow", "params": {}}
    if told.ending is Ending.TOO_MUCH:
        return {"refused": "too_many_cells", "params": {"most": limits.cells}}
    try:
        answer = json.loads(told.output)
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) else {"refused": "broken_file", "params": {}}


def _make_grid(sheet: dict[str, Any]) -> Grid:
    return Grid(
        name=sheet["name"],
        state=sheet["state"],
        cells={(row, column): Cell(kind, value) for row, column, kind, value in sheet["cells"]},
        merged=tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
        hidden_rows=frozenset(sheet["hidden_rows"]),
        hidden_columns=tuple((first, last) for first, last in sheet["hidden_columns"]),
    )

"""Which pieces of a return's page are to be drawn anew after saving, so that nobody's cursor is disturbed."""

from collections.abc import Iterator
from dataclasses import dataclass

from committees.filings.sheets import Ask, Cell, Row, Sheet


@dataclass(frozen=True)
class CellChange:
    """A field whose surroundings changed. `cost` says that it stands beside a quantity; `whole` redraws the input too."""

    cell: Cell
    cost: bool
    fault: bool
    beside: bool
    whole: bool


@dataclass(frozen=True)
class AskChange:
    """A doubt that came, went (`ask` None) or changed its words; `head_only` leaves the text field alone."""

    code: str
    ask: Ask | None
    head_only: bool

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The doubt as a row of the page takes it."""
        return (self.ask,) if self.ask else ()


@dataclass(frozen=True)
class Changes:
    """All of them."""

    cells: tuple[CellChange, ...]
    asks: tuple[AskChange, ...]


def changes_between(before: Sheet, after: Sheet, whole: frozenset[str] = frozenset()) -> Changes:
    """What differs between the page as it stands and the sheet after saving; inputs of `whole` are redrawn."""
    old_rows = {row.cell.code: row for row in before.rows()}
    cells = [change for row in after.rows() for change in _cells(old_rows.get(row.cell.code), row, whole)]
    asks = [change for row in after.rows() for change in _asks(old_rows.get(row.cell.code), row, whole)]
    return Changes(tuple(cells), tuple(asks))


def _cells(old: Row | None, row: Row, whole: frozenset[str]) -> Iterator[CellChange]:
    olds = {cell.code: cell for cell in old.cells} if old else {}
    for number, cell in enumerate(row.cells):
        was = olds.get(cell.code)
        fault = was is None or (was.fault, was.repair, was.unit) != (cell.fault, cell.repair, cell.unit)
        beside = was is None or (was.value, was.given, was.origin) != (cell.value, cell.given, cell.origin)
        if fault or beside or cell.code in whole:
            yield CellChange(cell, number == 1, fault or cell.code in whole, beside or cell.code in whole,
                             cell.code in whole)  # fmt: skip


def _asks(old: Row | None, row: Row, whole: frozenset[str]) -> Iterator[AskChange]:
    olds = {ask.code: ask for ask in old.asks} if old else {}
    news = {ask.code: ask for ask in row.asks}
    for code in [cell.code for cell in row.cells]:
        was, now = olds.get(code), news.get(code)
        if was == now and code not in whole:
            continue
        same = was is not None and now is not None and (was.words, was.lit) == (now.words, now.lit)
        if same and code not in whole:
            continue
        yield AskChange(code, now, head_only=was is not None and now is not None and code not in whole)

"""What a workbook looks like, as pure description: sheets, rows, columns, and the identity an upload is matched by.

Texts of a layout belong to the form, not to the reader of the page: they are plain strings in the form's own language,
so that a workbook downloaded in one language can be read in another.
"""
# Chinese text: the fixed words of a workbook belong to the form, not to the reader's language

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from committees.workbooks.numbers import NumberSpec

LAYOUT_VERSION = "1"
"""Raise it when the places of keys and codes move, so that an older workbook is refused clearly."""

IDENTITY_SHEET = "_template"
KEY_MARK = "#sheet:"
TITLE_ROW, NOTE_ROW, HEAD_ROW, KEY_ROW, FIRST_ROW = range(5)
CODE_COLUMN, LABEL_COLUMN, UNIT_COLUMN, FIRST_COLUMN = range(4)
CODE_KEY, LABEL_KEY, UNIT_KEY, HELP_KEY = "#code", "#label", "#unit", "#help"
FORBIDDEN_IN_SHEET_NAMES = frozenset("[]:*?/\\'")
MOST_SHEET_NAME = 31

Place = tuple[str, str, str]
"""(sheet key, row code, column key): where a value stands, whatever the workbook looks like."""
CellValue = Decimal | str | date | None


class Kind(StrEnum):
    """What a column's cells hold."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column to fill. `unit` rules over the row's unit; a `given` column is shown for comparison and never read."""

    key: str
    title: str
    unit: str = ""
    kind: Kind = Kind.NUMBER
    width: int = 16
    decimals: int = 6
    digits: int = 15
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    most_characters: int = 200
    given: bool = False

    @property
    def heading(self) -> str:
        """The visible head: title and unit, `费用（万元）`."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form: its code never changes, its label is what people read; cells in `closed` take no value.

    `decimals` rules over the column's where the column counts in the row's unit.
    """

    code: str
    label: str
    unit: str = ""
    help: str = ""
    closed: frozenset[str] = frozenset()
    indent: int = 0
    decimals: int | None = None

    def decimals_in(self, column: Column) -> int:
        """How many decimals the cell of this row in a column takes."""
        return column.decimals if self.decimals is None or column.unit else self.decimals


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with a fixed list of rows. `name` is its tab, `note` the line under the title."""

    key: str
    name: str
    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name or len(self.name) > MOST_SHEET_NAME or FORBIDDEN_IN_SHEET_NAMES & set(self.name):
            raise ValueError(f"{self.name!r} cannot be the name of a sheet")
        _refuse_repeats([row.code for row in self.rows], f"row codes of {self.key}")
        _refuse_repeats([column.key for column in self.columns], f"column keys of {self.key}")

    def spec(self, row: Row, column: Column) -> NumberSpec:
        """What the number in one cell must be; the column's unit rules over the row's."""
        return NumberSpec(
            column.unit or row.unit, column.digits, row.decimals_in(column), column.minimum, column.maximum
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Which workbook this is. An upload whose identity differs is refused with the difference named."""

    template: str
    form: str
    form_version: str
    school: str
    period: str
    layout_version: str = LAYOUT_VERSION


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words of a workbook, in the form's language."""

    item: str = "项目"
    unit: str = "单位"
    help: str = "说明"
    choose: str = "请从下拉列表中选"
    closed: str = "此格不填"
    number: str = "填数，不带单位"
    page: str = "第 &P 页，共 &N 页"


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole workbook."""

    identity: Identity
    title: str
    sheets: tuple[Sheet, ...]
    wording: Wording = Wording()

    def __post_init__(self) -> None:
        _refuse_repeats([sheet.key for sheet in self.sheets], "sheet keys")
        _refuse_repeats([sheet.name for sheet in self.sheets], "sheet names")

    def places(self) -> Iterator[Place]:
        """Every cell that takes a value, in the order in which people fill them."""
        for sheet in self.sheets:
            for row in sheet.rows:
                for column in sheet.columns:
                    if not column.given and column.key not in row.closed:
                        yield sheet.key, row.code, column.key

    def find(self, place: Place) -> tuple[Sheet, Row, Column]:
        """The sheet, row and column of a place. Raises KeyError for a place that the layout does not have."""
        for sheet in self.sheets:
            row = next((row for row in sheet.rows if row.code == place[1]), None)
            column = next((column for column in sheet.columns if column.key == place[2]), None)
            if sheet.key == place[0] and row and column:
                return sheet, row, column
        raise KeyError(place)


Values = Mapping[Place, CellValue]


def _refuse_repeats(names: list[str], what: str) -> None:
    if len(set(names)) != len(names):
        raise ValueError(f"{what} repeat")

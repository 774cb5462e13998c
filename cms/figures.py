"""Figures from the rooms on the site: the strip of the home page, and single ones in texts. An upper room fills both."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from committees.papers.writing import number


@dataclass(frozen=True, kw_only=True)
class StripFigure:
    """One figure: what it is, how much, in which unit, compared with what. `note` is one short sentence."""

    title: str
    value: Decimal
    unit: str
    places: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureStrip:
    """The strip: a title that states the finding, the figures, and the way to the filings behind them."""

    title: str
    figures: Sequence[StripFigure]
    href: str
    link: str
    origin: str = ""
    trace: str = ""
    trace_href: str = ""


@dataclass(frozen=True, kw_only=True)
class TextFigure:
    """One published figure for a text: `figure` itself, the way to what stands behind it, and what that is called."""

    figure: StripFigure
    href: str
    trace: str


@dataclass(frozen=True, kw_only=True)
class PieceRow:
    """A name and a number of a piece, and what leads on; `value` None: not defined."""

    name: str
    value: Decimal | None
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class TextPiece:
    """A chart or table of a published bulletin for a text, as it stands now.

    `kind` is ranking, mix, trend or table; `rows` are what is drawn, `average` the line of a ranking (what is not defined
    stands in no drawing). `as_of` is when the figures last changed. `note` is said honestly beside it: still moving,
    a page of many, held back; with `rows` empty it stands alone.
    """

    kind: str
    title: str
    measure: str
    unit: str
    rows: Sequence[PieceRow]
    href: str
    link: str
    as_of: datetime | None = None
    average: Decimal | None = None
    note: str = ""

    @property
    def drawn(self) -> list[PieceRow]:
        """The rows that have a value."""
        return [row for row in self.rows if row.value is not None]

    @property
    def shares(self) -> list[dict[str, object]]:
        """The rows as parts of a whole."""
        return [
            {"name": row.name, "quantity": row.value, "written": f"{number(row.value)} {self.unit}"}
            for row in self.drawn
        ]

    @property
    def line(self) -> dict[str, object]:
        """The rows as one line."""
        return {"name": self.title, "values": [row.value for row in self.rows]}

    @property
    def labels(self) -> list[str]:
        """What stands under the line."""
        return [row.name for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class FigureShelf:
    """A room's figures for texts: `prefix` names the room in keys; `choices` lists (key, name); `read` looks one up.
    `pieces` and `read_piece` are the same for charts and tables, the names grouped by bulletin."""

    prefix: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    read: Callable[[str], TextFigure | None]
    pieces: Callable[[], Iterable[tuple[str, Sequence[tuple[str, str]]]]] = tuple
    read_piece: Callable[[str], TextPiece | None] = lambda _key: None


StripSource = Callable[[], FigureStrip | None]
_sources: list[StripSource] = []
_shelves: dict[str, FigureShelf] = {}


def offer_strip(source: StripSource) -> StripSource:
    """Register what fills the strip, in an app's `ready`. It speaks the active language; None: nothing yet."""
    if source not in _sources:
        _sources.append(source)
    return source


def current_strip() -> FigureStrip | None:
    """The first strip that has something to show."""
    return next((strip for source in _sources if (strip := source())), None)


def offer_figures(shelf: FigureShelf) -> None:
    """Register a room's figures for texts, in an app's `ready`."""
    _shelves[shelf.prefix] = shelf


def figure_choices() -> list[tuple[str, str]]:
    """All figures an editor may put into a text: key (prefix:rest) and name, in the active language."""
    return [
        (f"{shelf.prefix}:{key}", name) for shelf in _shelves.values() for key, name in shelf.choices()
    ]  # fmt: skip


def read_figure(key: str) -> TextFigure | None:
    """The figure behind a key as it stands now; None when its room or the figure is no longer there."""
    prefix, _, rest = key.partition(":")
    shelf = _shelves.get(prefix)
    return shelf.read(rest) if shelf and rest else None


def piece_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All charts and tables an editor may put into a text: groups (a bulletin each) of key and name."""
    return [
        (group, [(f"{shelf.prefix}:{key}", name) for key, name in own])
        for shelf in _shelves.values() for group, own in shelf.pieces()
    ]  # fmt: skip


def read_piece(key: str) -> TextPiece | None:
    """The chart or table behind a key as it stands now; None when its room or its bulletin is no longer published."""
    prefix, _, rest = key.partition(":")
    shelf = _shelves.get(prefix)
    return shelf.read_piece(rest) if shelf and rest else None

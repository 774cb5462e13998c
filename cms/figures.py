"""Figures from the rooms on the site: the strip of the home page, and single ones in texts. An upper room fills both."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


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
class FigureShelf:
    """A room's figures for texts: `prefix` names the room in keys; `choices` lists (key, name); `read` looks one up."""

    prefix: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    read: Callable[[str], TextFigure | None]


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

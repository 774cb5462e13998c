"""The strip of figures on the home page: an upper room fills it, the site shows it. Nothing registered, no strip."""

from collections.abc import Callable, Sequence
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


StripSource = Callable[[], FigureStrip | None]
_sources: list[StripSource] = []


def offer_strip(source: StripSource) -> StripSource:
    """Register what fills the strip, in an app's `ready`. It speaks the active language; None: nothing yet."""
    if source not in _sources:
        _sources.append(source)
    return source


def current_strip() -> FigureStrip | None:
    """The first strip that has something to show."""
    return next((strip for source in _sources if (strip := source())), None)

"""The figures a home page shows: the association's main totals of the newest published call. No writes.

The site fills its strip from this: `headline_figures()` gives the same attributes as the site's own strip.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class HeadlineFigure:
    """One figure: what it is, how much, in which unit; `note` is one short sentence."""

    title: str
    value: Decimal
    unit: str
    places: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Headlines:
    """The figures with their title and the way to the filings behind them; `origin` names the source of the figures."""

    title: str
    figures: Sequence[HeadlineFigure]
    href: str
    link: str
    origin: str = ""
    trace: str = ""
    trace_href: str = ""


Source = Callable[[], Headlines | None]
_sources: list[Source] = []


def offer_headlines(source: Source) -> Source:
    """For a professional room: register what gives its headlines (None: nothing published yet)."""
    if source not in _sources:
        _sources.append(source)
    return source


def headline_figures() -> Headlines | None:
    """The headlines of the first room that has some, in the reader's language; None while nothing is published."""
    return next((found for source in _sources if (found := source())), None)

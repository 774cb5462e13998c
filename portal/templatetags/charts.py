"""Tags that draw: rooms hand over plain rows of figures, the page says which drawing they become."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.mix import Mix, MixKind, mix
from portal.charts.ranking import Ranked, Ranking, ranking
from portal.charts.spreads import SpreadRow, Spreads, spreads
from portal.charts.strip import Strip, strip
from portal.figures import figure

register = template.Library()


class Placed(Protocol):
    """A value among others; `average` None draws none but the value's own place."""

    name: str
    unit: str
    value: Decimal | None
    others: Sequence[Decimal]
    average: Decimal | None


class Named(Protocol):
    """A name and its value."""

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...


class Part(Protocol):
    """One part of a whole; `unit` is written behind the quantity."""

    @property
    def name(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...


class Marked(Protocol):
    """The marks of a group of values; see portal.charts.SpreadRow."""

    @property
    def name(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def lower(self) -> Decimal: ...
    @property
    def median(self) -> Decimal: ...
    @property
    def upper(self) -> Decimal: ...
    @property
    def least(self) -> Decimal | None: ...
    @property
    def most(self) -> Decimal | None: ...
    @property
    def mine(self) -> Decimal | None: ...


@register.simple_tag
def draw_strip(one: Placed, places: int = 2) -> Strip:
    """Where one value lies among all: `{% draw_strip position as drawn %}`."""
    average = one.average if one.average is not None else (one.value or Decimal(0))
    words = {
        "name": one.name, "n": len(one.others), "unit": one.unit, "low": figure(min(one.others), places),
        "high": figure(max(one.others), places), "average": figure(average, places), "mine": figure(one.value, places),
    }  # fmt: skip
    says = _("%(name)s of %(n)s filings: %(low)s to %(high)s %(unit)s, average %(average)s, this one %(mine)s")
    return strip(
        one.others, average=average, average_word=_("average "), says=says % words, mine=one.value,
        mine_word=_("here "), places=places,
    )  # fmt: skip


@register.simple_tag
def draw_ranking(
    rows: Sequence[Named],
    average: Decimal,
    unit: str,
    places: int = 2,
    least: Decimal | None = None,
    most: Decimal | None = None,
) -> Ranking:
    """A dot on a stem from the average, one row each: `{% draw_ranking rows average unit as drawn %}`. `least` and `most` are
    those of all pages, where the rows are one page."""
    drawn = [Ranked(row.name, row.value, href=getattr(row, "href", "")) for row in rows if row.value is not None]
    values = [row.value for row in drawn]
    below = sum(value < average for value in values)
    says = ngettext(
        "%(n)s value from %(low)s to %(high)s %(unit)s, average %(average)s, %(below)s below it",
        "%(n)s values from %(low)s to %(high)s %(unit)s, average %(average)s, %(below)s below it",
        len(values),
    )
    words = {
        "n": len(values), "low": figure(min(values), places), "high": figure(max(values), places), "unit": unit,
        "average": figure(average, places), "below": below,
    }  # fmt: skip
    span = (least, most) if least is not None and most is not None else None
    return ranking(
        drawn, average=average, average_word=_("average "), says=says % words, places=places, unit=unit, span=span
    )


@register.simple_tag
def draw_mix(parts: Sequence[Part]) -> Mix | None:
    """One hundred windows shared out: `{% draw_mix parts as drawn %}`; nothing where there is nothing to share."""
    if not any(part.quantity > 0 for part in parts):
        return None
    kinds = [MixKind(part.name, part.quantity, f"{figure(part.quantity)} {part.unit}") for part in parts]
    says = "; ".join(f"{kind.name} {kind.written}" for kind in kinds)
    return mix(kinds, says=says)


@register.simple_tag
def draw_spread(rows: Sequence[Marked], unit: str, places: int = 2) -> Spreads:
    """Boxes from the lower to the upper quarter, one row each, with the median and one's own mark:
    `{% draw_spread rows unit as drawn %}`."""
    told = [_spread_words(row, unit, places) for row in rows]
    drawn = [
        SpreadRow(row.name, row.count, row.lower, row.median, row.upper, row.least, row.most, row.mine) for row in rows
    ]
    return spreads(drawn, unit=unit, says="; ".join(told), places=places)


def _spread_words(row: Marked, unit: str, places: int) -> str:
    words = {
        "name": row.name, "unit": unit, "lower": figure(row.lower, places), "median": figure(row.median, places),
        "upper": figure(row.upper, places), "mine": figure(row.mine, places),
    }  # fmt: skip
    says = _("%(name)s: half of all from %(lower)s to %(upper)s %(unit)s, median %(median)s") % words
    return says if row.mine is None else _("%(says)s, yours %(mine)s") % {**words, "says": says}

"""Tags that draw: rooms hand over plain rows of figures, the page says which drawing they become."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.mix import Mix, MixKind, mix
from portal.charts.ranking import Ranked, Ranking, ranking
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
def draw_ranking(rows: Sequence[Named], average: Decimal, unit: str, places: int = 2) -> Ranking:
    """A dot on a stem from the average, one row each: `{% draw_ranking rows average unit as drawn %}`."""
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
    return ranking(drawn, average=average, average_word=_("average "), says=says % words, places=places)


@register.simple_tag
def draw_mix(parts: Sequence[Part]) -> Mix | None:
    """One hundred windows shared out: `{% draw_mix parts as drawn %}`; nothing where there is nothing to share."""
    if not any(part.quantity > 0 for part in parts):
        return None
    kinds = [MixKind(part.name, part.quantity, f"{figure(part.quantity)} {part.unit}") for part in parts]
    says = "; ".join(f"{kind.name} {kind.written}" for kind in kinds)
    return mix(kinds, says=says)

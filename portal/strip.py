"""The strip of figures on the home page: the newest energy bulletin, from the roll-ups."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.figures import FigureStrip, StripFigure
from committees.energy.bulletin import Headline, published_calls, tray_of
from committees.filings.slugs import slug_of


def energy_strip() -> FigureStrip | None:
    """The newest bulletin's panel; None while nothing is accepted or the call holds its figures back."""
    call = published_calls().first()
    headlines = tray_of(call) if call else []
    if call is None or not headlines:
        return None
    counted, addressed = call.accepted, call.addressed  # type: ignore[attr-defined]
    href = reverse("bulletin", args=[slug_of(call.number)])
    behind = _(
        "From %(n)s sealed filings; every figure leads to the school, the version and the coefficients behind it."
    )
    return FigureStrip(
        title=_("Energy %(period)s: %(counted)s of %(addressed)s schools counted")
        % {"period": call.period, "counted": counted, "addressed": addressed},
        figures=[_figure(one) for one in headlines],
        href=href,
        link=_("See the whole bulletin"),
        origin=f"{behind % {'n': counted}} {call.attribution}".strip(),
    )


def _figure(one: Headline) -> StripFigure:
    places = 2 if one.ratio else 0
    return StripFigure(title=one.name, value=one.value or Decimal(0), unit=one.unit, places=places)

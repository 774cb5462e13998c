"""Figures of the energy bulletins on the site: the strip of the home page, and single ones in texts."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.figures import FigureShelf, FigureStrip, StripFigure, TextFigure
from committees.energy.bulletin import Headline, tray_of
from committees.energy.calls import published_call, published_calls
from committees.filings.slugs import slug_of
from portal.bulletin_pieces import piece_choices, read_piece


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


def _choices() -> Iterator[tuple[str, str]]:
    """All headlines of all published bulletins: key (bulletin/code) and name."""
    for call in published_calls():
        for one in tray_of(call):
            yield f"{slug_of(call.number)}/{one.code}", f"{call.period} · {one.name} ({one.unit})"


def _read(key: str) -> TextFigure | None:
    """One headline as it stands now; None where its bulletin is no longer published or holds its figures back."""
    slug, code = key.split("/", 1) if "/" in key else (key, "")
    call = published_call(slug)
    found = next((one for one in tray_of(call) if one.code == code), None) if call else None
    if call is None or found is None or found.value is None:
        return None
    counted: int = call.accepted  # type: ignore[attr-defined]
    words = ngettext("%(n)s filing", "%(n)s filings", counted) % {"n": counted}
    return TextFigure(figure=_figure(found), href=reverse("bulletin_figure", args=[slug, code]), trace=words)


#: What texts may show: `energy:<bulletin>/<code>`, and pieces as bulletin_pieces.py names them.
ENERGY_FIGURES = FigureShelf(prefix="energy", choices=_choices, read=_read, pieces=piece_choices, read_piece=read_piece)


def _figure(one: Headline) -> StripFigure:
    places = 2 if one.ratio else 0
    return StripFigure(title=one.name, value=one.value or Decimal(0), unit=one.unit, places=places)

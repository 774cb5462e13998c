"""The energy room's headlines for the home page. No writes."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.energy.bulletin import published_calls, read_bulletin
from committees.filings.public_figures import HeadlineFigure, Headlines
from committees.filings.slugs import slug_of


def energy_headlines() -> Headlines | None:
    """The tray of the newest bulletin; None while there is none, or too few filings count to show it."""
    call = published_calls().first()
    if call is None:
        return None
    bulletin = read_bulletin(call)
    figures = [
        HeadlineFigure(title=one.name, value=one.value, unit=one.unit, places=one.places)
        for one in bulletin.tray
        if one.value is not None
    ]
    if not figures:
        return None
    slug = slug_of(call.number)
    trace = ngettext("%(n)s filing", "%(n)s filings", bulletin.counted) % {"n": bulletin.counted}
    return Headlines(
        title=call.title, figures=figures, href=reverse("bulletin", args=[slug]), link=_("Read the bulletin"),
        origin=call.attribution, trace=trace, trace_href=reverse("bulletin_figure", args=[slug, bulletin.tray[0].code]),
    )  # fmt: skip

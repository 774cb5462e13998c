"""The list of a column: its own stories and those of the columns in it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from cms.listing.pages import below, years_below
from cms.listing.parts import Listing, facet, page_of, years
from cms.models import NewsIndexPage, NewsPage
from cms.rooms import Room

PER_PAGE = 12


def news_list(index: NewsIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Stories, by committee and year."""
    rooms = facet(query, "room", _("Committee"), _("All committees"), Room.choices)
    when = facet(query, "year", _("Year"), _("All years"), years(years_below(NewsPage, index)))
    rows = below(NewsPage, index)
    if rooms.chosen:
        rows = rows.filter(room=rooms.chosen)
    if when.chosen:
        rows = rows.filter(date__year=when.chosen)
    return Listing(page_of(rows, query, PER_PAGE), (rooms, when))

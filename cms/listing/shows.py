"""What is to be looked at: galleries, honours, topics."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from cms.listing.pages import below, years_below
from cms.listing.parts import Listing, facet, page_of, years
from cms.models import (
    GalleryIndexPage,
    GalleryPage,
    HonourIndexPage,
    HonourPage,
    TopicIndexPage,
    TopicPage,
)
from cms.models.honours import HonourLevel

PER_PAGE = 12


def gallery_list(index: GalleryIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Galleries by year."""
    when = facet(query, "year", _("Year"), _("All years"), years(years_below(GalleryPage, index)))
    rows = below(GalleryPage, index)
    return Listing(page_of(rows.filter(date__year=when.chosen) if when.chosen else rows, query, PER_PAGE), (when,))


def honour_list(index: HonourIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Honours by level and year."""
    levels = facet(query, "level", _("Level"), _("All levels"), HonourLevel.choices)
    when = facet(query, "year", _("Year"), _("All years"), years(years_below(HonourPage, index)))
    rows = below(HonourPage, index).select_related(None).prefetch_related(None)
    if levels.chosen:
        rows = rows.filter(level=levels.chosen)
    if when.chosen:
        rows = rows.filter(date__year=when.chosen)
    return Listing(page_of(rows, query), (levels, when))


def topic_list(index: TopicIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """All topics."""
    return Listing(page_of(below(TopicPage, index), query, PER_PAGE))

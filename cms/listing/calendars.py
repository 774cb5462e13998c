"""Events: those to come, soonest first, or past ones, newest first."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from cms.listing.pages import below
from cms.listing.parts import Listing, facet, page_of
from cms.models import EventIndexPage, EventPage
from cms.models.events import EventKind

NEXT = 3


def event_list(index: EventIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Events by time and kind. An event of today is still to come until the day is over."""
    times = facet(query, "when", _("When"), _("To come"), [("past", _("Past events"))])
    kinds = facet(query, "kind", _("Kind"), _("All kinds"), EventKind.choices)
    rows = below(EventPage, index).select_related(None).prefetch_related(None)
    rows = rows.filter(kind=kinds.chosen) if kinds.chosen else rows
    if times.chosen:
        rows = rows.filter(ends_at__date__lt=day).order_by("-starts_at", "-pk")
    else:
        rows = rows.filter(ends_at__date__gte=day).order_by("starts_at", "pk")
    return Listing(page_of(rows, query), (times, kinds))


def soonest(locale_id: int, day: date) -> list[EventPage]:
    """The events that come next, in one language."""
    found = EventPage.objects.live().filter(locale=locale_id, ends_at__date__gte=day).defer_streamfields()
    return list(found.order_by("starts_at", "pk")[:NEXT])

"""Notices and public notices in one list, newest first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.listing.parts import Listing, facet, page_of, years
from cms.models import NoticeIndexPage
from cms.models.notices import NoticeKind
from cms.rooms import Room

#: Columns of the two kinds that no list reads.
_BODIES = ("noticepage__body", "noticepage__attachments", "publicnoticepage__body", "publicnoticepage__attachments")


def notices_of(*, locale_id: int | None = None, path: str = "") -> QuerySet[Page]:
    """Live notices of both kinds, newest first.

    Each row has `day`, and its own kind on `.noticepage` or `.publicnoticepage`.
    """
    found = Page.objects.live().filter(Q(noticepage__isnull=False) | Q(publicnoticepage__isnull=False))
    found = found.filter(path__startswith=path) if path else found.filter(locale_id=locale_id)
    found = found.annotate(day=Coalesce("noticepage__date", "publicnoticepage__date"))
    return found.select_related("noticepage", "publicnoticepage").defer(*_BODIES).order_by("-day", "-pk")


def own(page: Page) -> Any:
    """The notice behind a row of `notices_of`."""
    return getattr(page, "noticepage", None) or page.publicnoticepage


def notice_list(index: NoticeIndexPage, query: Mapping[str, str], day: date) -> Listing:
    """Both kinds by what they are, committee and year; a public notice is asked for whole, or only while it is open."""
    kinds = facet(
        query, "kind", _("Kind"), _("All kinds"),
        [("open", _("public notices in progress")), ("public", _("public notices")), *NoticeKind.choices],
    )  # fmt: skip
    rooms = facet(query, "room", _("Committee"), _("All committees"), Room.choices)
    base = notices_of(path=index.path)
    found_years = base.order_by().annotate(year=ExtractYear("day")).values_list("year", flat=True).distinct()
    when = facet(query, "year", _("Year"), _("All years"), years(found_years))
    rows = _kept(base, kinds.chosen, day)
    if rooms.chosen:
        rows = rows.filter(Q(noticepage__room=rooms.chosen) | Q(publicnoticepage__room=rooms.chosen))
    if when.chosen:
        rows = rows.filter(day__year=when.chosen)
    return Listing(page_of(rows, query), (kinds, rooms, when))


def _kept(rows: QuerySet[Page], kind: str, day: date) -> QuerySet[Page]:
    if kind == "open":
        return rows.filter(publicnoticepage__starts_on__lte=day, publicnoticepage__ends_on__gte=day)
    if kind == "public":
        return rows.filter(publicnoticepage__isnull=False)
    return rows.filter(noticepage__kind=kind) if kind else rows

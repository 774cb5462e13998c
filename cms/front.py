"""What the home page shows: headlines, notices, what lies open, the newest of every committee."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from wagtail.models import Page

from cms.listing.calendars import soonest
from cms.listing.notices import notices_of
from cms.models import EventPage, HomePage, NewsPage, PublicNoticePage
from cms.rooms import STREET, Room

OPEN, NOTICES, STORIES, PER_HOUSE = 3, 6, 3, 2


@dataclass(frozen=True)
class House:
    """One house of the home page's street, with the newest pages of its committee."""

    room: Room
    news: tuple[Any, ...]

    @property
    def drawing(self) -> str:
        """The template that draws it."""
        return f"drawings/{self.room.value}.html"


@dataclass(frozen=True)
class Front:
    """What the home page shows. `open`: public notices in progress; `notices`: the newest others; `events`: the next."""

    lead: NewsPage | None
    open: list[PublicNoticePage]
    notices: list[Page]
    stories: list[NewsPage]
    houses: list[House]
    events: list[EventPage]


def front_of(home: HomePage, day: date) -> Front:
    """The home page's contents on a day, in four queries whatever the site holds."""
    news = _news(home)
    lead = _lead_of(home, news)
    listed = _notices(home, day)
    open_now = [row.publicnoticepage for row in listed if row.is_open]
    others = [row for row in listed if not row.is_open][:NOTICES]
    stories = [page for page in news if page != lead][:STORIES]
    return Front(lead, open_now, others, stories, _houses(news), soonest(home.locale_id, day))


def _news(home: HomePage) -> list[NewsPage]:
    """All stories the page shows, newest first: the newest, the newest with a picture, the one an editor has chosen, and
    the newest of every committee. One query, and one for the sizes of their pictures."""
    live = NewsPage.objects.live().filter(locale=home.locale_id)
    in_order = live.order_by("-date", "-pk").values("pk")
    place = Window(RowNumber(), partition_by=F("room"), order_by=[F("date").desc(), F("pk").desc()])
    ranked = live.filter(room__in=STREET).order_by().annotate(place=place)
    wanted = Q(pk__in=in_order[: STORIES + 1]) | Q(pk__in=in_order.filter(cover__isnull=False)[:1])
    wanted |= Q(pk__in=ranked.filter(place__lte=PER_HOUSE).values("pk")) | Q(pk=home.lead_story_id)
    found = live.filter(wanted).select_related("cover").defer_streamfields().order_by("-date", "-pk")
    return list(found.prefetch_related("cover__renditions"))


def _lead_of(home: HomePage, news: list[NewsPage]) -> NewsPage | None:
    chosen = next((page for page in news if page.pk == home.lead_story_id), None)
    return chosen or next((page for page in news if page.cover_id), None)


def _notices(home: HomePage, day: date) -> list[Any]:
    """Public notices that lie open, soonest to end first, then the newest notices: one query."""
    is_open = Q(publicnoticepage__starts_on__lte=day, publicnoticepage__ends_on__gte=day)
    rows = notices_of(locale_id=home.locale_id)
    open_rows = rows.filter(is_open).order_by("publicnoticepage__ends_on").values("pk")[:OPEN]
    newest = rows.exclude(is_open).values("pk")[:NOTICES]
    found: list[Any] = list(rows.filter(Q(pk__in=open_rows) | Q(pk__in=newest)))
    for row in found:
        notice = getattr(row, "publicnoticepage", None)
        row.is_open = notice is not None and notice.state_on(day) == "open"
    return sorted(
        found, key=lambda row: (row.publicnoticepage.ends_on if row.is_open else date.max, -row.day.toordinal())
    )


def _houses(news: list[NewsPage]) -> list[House]:
    return [House(room, tuple([page for page in news if page.room == room][:PER_HOUSE])) for room in STREET]

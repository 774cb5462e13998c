"""Which list a page shows."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from wagtail.models import Page

from cms.listing import calendars, libraries, members, news, notices, shows
from cms.listing.parts import Listing
from cms.models import (
    EventIndexPage,
    GalleryIndexPage,
    HonourIndexPage,
    MemberDirectoryPage,
    NewsIndexPage,
    NoticeIndexPage,
    RegulationIndexPage,
    ResearchIndexPage,
    TopicIndexPage,
)

Maker = Callable[[Any, Mapping[str, str], date], Listing]
_LISTS: dict[type[Page], Maker] = {
    NewsIndexPage: news.news_list,
    NoticeIndexPage: notices.notice_list,
    RegulationIndexPage: libraries.regulation_list,
    ResearchIndexPage: libraries.research_list,
    EventIndexPage: calendars.event_list,
    GalleryIndexPage: shows.gallery_list,
    HonourIndexPage: shows.honour_list,
    TopicIndexPage: shows.topic_list,
    MemberDirectoryPage: members.member_list,
}


def listing_of(page: Page, query: Mapping[str, str], day: date) -> Listing:
    """The list of a page as asked for by an address, on a day. Raises KeyError for a page that is no list."""
    return _LISTS[type(page)](page, query, day)

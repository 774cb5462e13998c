"""News as RSS and Atom, one feed for each language."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms import queries
from cms.models import NewsPage
from tenants.doors import Door

NEWEST = 30


class NewsFeed(Feed):  # type: ignore[type-arg]  # generic for the type checker only
    """The newest stories and notices as RSS 2.0."""

    door = Door("public")

    def title(self) -> str:
        """The association and the word for news."""
        return f"{settings.WAGTAIL_SITE_NAME} · {pgettext('navigation', 'News')}"

    def description(self) -> str:
        """One sentence."""
        return _("News and notices of the association and its committees.")

    def link(self) -> str:
        """The home page in the reader's language."""
        return "/en/" if (get_language() or "").startswith("en") else "/"

    def feed_url(self) -> str:
        """The feed's own address."""
        return reverse("site_feed")

    def items(self) -> list[NewsPage]:
        """The newest thirty in the language of the address."""
        return list(queries.published_news(Locale.get_active())[:NEWEST])

    def item_title(self, item: NewsPage) -> str:
        """The headline."""
        return item.title

    def item_description(self, item: NewsPage) -> str:
        """The lead."""
        return item.lead

    def item_link(self, item: NewsPage) -> str:
        """The page."""
        return item.get_full_url() or "/"

    def item_pubdate(self, item: NewsPage) -> datetime:
        """The day of the news, at the hour of its publication where that is the same day."""
        published = item.first_published_at and timezone.localtime(item.first_published_at)
        if published and published.date() == item.date:
            return published
        return timezone.make_aware(datetime.combine(item.date, time(8)))

    def item_categories(self, item: NewsPage) -> list[str]:
        """The committee."""
        return [str(item.plate.label)]

    def item_author_name(self, item: NewsPage) -> str | None:
        """Who wrote it."""
        return item.author or item.source or None

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and let readers keep it for a minute: what is taken down is gone from it."""
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=60"
        return response


class NewsAtomFeed(NewsFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = NewsFeed.description

    def feed_url(self) -> str:
        """The feed's own address."""
        return reverse("site_feed_atom")

"""News as RSS and Atom, one feed for each language."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

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


class ColumnFeed(Feed):  # type: ignore[type-arg]  # generic for the type checker only
    """The newest pages of one column as Atom: `<address of the column>feed/`."""

    door = Door("public")
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, path: str) -> Page:
        """The live page whose column it is; a page that lists nothing has no feed."""
        place = queries.tree_path(request, path)
        page = Page.objects.live().filter(url_path=place).first() if place else None
        if page is None or not page.specific_class or not page.specific_class.allowed_subpage_models():
            raise Http404
        return page

    def title(self, obj: Page) -> str:
        """The association and the column."""
        return f"{settings.WAGTAIL_SITE_NAME} · {obj.title}"

    def link(self, obj: Page) -> str:
        """The column."""
        return obj.specific.get_full_url() or "/"

    def feed_url(self, obj: Page) -> str:
        """The feed's own address."""
        return f"{self.link(obj)}feed/"

    def subtitle(self, obj: Page) -> str:
        """What the column is about."""
        return str(getattr(obj.specific, "lead", ""))

    def items(self, obj: Page) -> list[Page]:
        """The newest thirty pages below the column that are no columns themselves."""
        return queries.newest_below(obj, NEWEST)

    def item_title(self, item: Page) -> str:
        """The headline."""
        return item.title

    def item_description(self, item: Page) -> str:
        """The lead."""
        return str(getattr(item, "lead", ""))

    def item_link(self, item: Page) -> str:
        """The page."""
        return item.get_full_url() or "/"

    def item_pubdate(self, item: Page) -> datetime | None:
        """When it first appeared."""
        return item.first_published_at

    def item_updateddate(self, item: Page) -> datetime | None:
        """When it last changed."""
        return item.last_published_at

    def item_author_name(self, item: Page) -> str:
        """Who wrote it; a feed of Atom needs somebody."""
        return getattr(item, "author", "") or getattr(item, "source", "") or settings.WAGTAIL_SITE_NAME

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and let readers keep it for a minute."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = super().__call__(request, *args, **kwargs)
        whose = "private" if request.user.is_authenticated else "public"
        response["Cache-Control"] = f"{whose}, max-age=60"
        return response

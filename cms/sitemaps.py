"""The map of the site: every live page once, with the same page in the other languages."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from cms.queries import Version, language_tag


class SiteMap(Sitemap):  # type: ignore[type-arg]  # generic for the type checker only
    """Pages of all languages. Their host is a setting, so neither the request nor Wagtail's site row names it."""

    def items(self) -> list[Page]:
        """Live pages below the homes, in tree order."""
        found = Page.objects.live().filter(depth__gte=2).select_related("locale").order_by("path")
        return list(found)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Entries in the shape of the template: location, lastmod, alternates."""
        pages = [(item, address) for item in self.items() if (address := _address(item))]
        versions: dict[Any, list[Version]] = defaultdict(list)
        for item, address in pages:
            versions[item.translation_key].append(Version(language_tag(item.locale.language_code), address))
        return [
            {"location": address, "lastmod": item.last_published_at, "alternates": versions[item.translation_key]}
            for item, address in pages
        ]


def _address(page: Page) -> str | None:
    parts = page.get_url_parts()
    return f"{settings.ASSOCIATION_URL}{parts[2]}" if parts and parts[2] else None

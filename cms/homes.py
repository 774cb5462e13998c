"""The homes of all languages, read once a request: the way to every page begins at one of them.

Wagtail asks for the site, the language, the root paths and the page's ancestors one by one. There is one site, its host is
a setting, and the homes are two rows: one query answers all of it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Max, OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath
from wagtail.url_routing import RouteResult

from cms.models import HomePage

ENGLISH = "en"


@dataclass(frozen=True)
class Homes:
    """Live homes by language code, the default language first; each has `newest`: when its language last changed."""

    by_code: dict[str, HomePage]

    def here(self) -> HomePage | None:
        """The home in the language of the request."""
        code = ENGLISH if (get_language() or "").startswith(ENGLISH) else settings.LANGUAGE_CODE
        return self.by_code.get(code)

    @property
    def newest_here(self) -> datetime | None:
        """When anything in the language of the request was last published."""
        home = self.here()
        return getattr(home, "newest", None)


def homes_of(request: HttpRequest) -> Homes:
    """The homes, kept on the request together with what Wagtail would ask for."""
    kept: Homes | None = getattr(request, "_site_homes", None)
    if kept is None:
        kept = request._site_homes = Homes(_read())  # type: ignore[attr-defined]
        _tell_wagtail(request, kept)
    return kept


def _read() -> dict[str, HomePage]:
    newest = Page.objects.live().filter(locale=OuterRef("locale")).order_by().values("locale")
    newest = newest.annotate(newest=Max("last_published_at")).values("newest")
    rows = HomePage.objects.live().filter(depth=2).select_related("locale")
    rows = rows.annotate(newest=Subquery(newest), site_id=F("sites_rooted_here__id")).order_by("pk")
    found = {row.locale.language_code: row for row in rows}
    return dict(sorted(found.items(), key=lambda pair: pair[0] != settings.LANGUAGE_CODE))


def _tell_wagtail(request: HttpRequest, homes: Homes) -> None:
    root = homes.by_code.get(settings.LANGUAGE_CODE)
    site_id = getattr(root, "site_id", None)
    if root is None or site_id is None or hasattr(request, "_wagtail_site"):
        return
    site = Site(
        pk=site_id, hostname=settings.BASE_DOMAIN, port=settings.PORT, site_name=settings.WAGTAIL_SITE_NAME,
        root_page=root, is_default_site=True,
    )  # fmt: skip
    request._wagtail_site = site  # type: ignore[attr-defined]
    request._wagtail_cached_site_root_paths = [  # type: ignore[attr-defined]
        SiteRootPath(site_id, home.url_path, settings.ASSOCIATION_URL, code) for code, home in homes.by_code.items()
    ]


def find_page(request: HttpRequest, path: str) -> Page:
    """The live page at an address in the language of the request, as its own kind. Raises Http404.

    As in Wagtail, a page is found whatever stands above it, and only it must be live; but in two queries at any depth.
    """
    home = homes_of(request).here()
    if home is None:
        raise Http404
    parts = "/".join(part for part in path.split("/") if part)
    found = home if not parts else Page.objects.live().filter(url_path=f"{home.url_path}{parts}/").first()
    if found is None:
        raise Http404
    page: Page = found.specific
    # The language of the address is the page's: its row need not be read again.
    page.locale = home.locale
    request._wagtail_route_for_request = RouteResult(page, [], {})  # type: ignore[attr-defined]
    return page

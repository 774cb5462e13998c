"""The frame of public pages: menu, footer, the ways in. A context processor, read only by public.html."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext, pgettext
from wagtail.models import Page

from cms import queries
from cms.guesses import guesses_for
from cms.homes import homes_of

#: The bulletin stands after home, news, notices, rules and research.
BULLETIN_PLACE = 5


@dataclass(frozen=True)
class SiteLink:
    """A word that leads somewhere."""

    label: str | Promise
    href: str
    current: bool = False


@dataclass(frozen=True)
class SiteColumn:
    """A column of the footer."""

    label: str
    links: list[SiteLink]


@dataclass(frozen=True)
class SiteFrame:
    """What public.html shows around a page."""

    home_href: str = "/"
    nav: list[SiteLink] = field(default_factory=list)
    columns: list[SiteColumn] = field(default_factory=list)
    sign_in_href: str = ""
    accessibility_href: str = ""
    notices_href: str = ""
    committees_href: str = ""
    events_href: str = ""
    search_href: str = ""
    updated_at: object = None


def public_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `public`, and `guesses` for the page that is not there; built only when a template asks."""
    if getattr(request, "school", None) is not None:
        return {}
    return {
        "public": SimpleLazyObject(lambda: frame_of(request)),
        "guesses": SimpleLazyObject(lambda: [SiteLink(title, href) for title, href in guesses_for(request)]),
    }


def frame_of(request: HttpRequest) -> SiteFrame:
    """The frame for the language and the address of a request. Without a home page it is empty, never an error."""
    homes = homes_of(request)
    home = homes.here()
    if home is None:
        return SiteFrame(sign_in_href=_address("account_login") or "", search_href=_address("search") or "")
    base = home.get_url(request) or "/"
    pages = {page.slug: page for page in queries.standing_pages(home)}
    return SiteFrame(
        home_href=base,
        nav=_nav(request, base, pages),
        columns=_columns(base, pages),
        sign_in_href=_address("account_login") or "",
        search_href=_address("search") or "",
        accessibility_href=_href(base, pages, "accessibility"),
        notices_href=_href(base, pages, "announcements"),
        committees_href=_href(base, pages, "organisation"),
        events_href=_href(base, pages, "events"),
        updated_at=homes.newest_here,
    )


def _nav(request: HttpRequest, base: str, pages: dict[str, Page]) -> list[SiteLink]:
    """Home, the pages an editor has put into the menu in their order, and the bulletin before the committees."""
    path = request.path
    links = [SiteLink(pgettext("navigation", "Home"), base, path == base)]
    shown = [page for page in pages.values() if page.show_in_menus]
    links += [SiteLink(page.title, f"{base}{page.slug}/", path.startswith(f"{base}{page.slug}/")) for page in shown]
    if bulletins := _address("bulletin_list"):
        at = min(len(links), BULLETIN_PLACE)
        links.insert(at, SiteLink(gettext("Energy bulletin"), bulletins, path.startswith(bulletins)))
    return links


def _columns(base: str, pages: dict[str, Page]) -> list[SiteColumn]:
    """The footer: about us, what is open to all, help. Pages stand where their address says; the editor orders them."""
    bulletins, feed = _address("bulletin_list"), _address("site_feed_atom")
    columns = [
        SiteColumn(
            gettext("The association"), _links(base, pages, "about", "charter", "organisation", "members", "contact")
        ),
        SiteColumn(
            gettext("Open to all"),
            [
                *([SiteLink(gettext("Energy bulletin"), bulletins)] if bulletins else []),
                *_links(base, pages, "announcements", "policies", "research", "honours", "open-data"),
            ],
        ),
        SiteColumn(
            gettext("Help"),
            [
                *_links(base, pages, "downloads", "events", "galleries", "topics", "accessibility", "map"),
                *([SiteLink(gettext("Subscribe by Atom"), feed)] if feed else []),
            ],
        ),
    ]
    return [column for column in columns if column.links]


def _links(base: str, pages: dict[str, Page], *slugs: str) -> list[SiteLink]:
    return [link for slug in slugs if (link := _link(base, pages, slug))]


def _link(base: str, pages: dict[str, Page], slug: str) -> SiteLink | None:
    return SiteLink(pages[slug].title, f"{base}{slug}/") if slug in pages else None


def _href(base: str, pages: dict[str, Page], slug: str) -> str:
    return f"{base}{slug}/" if slug in pages else ""


def _address(*names: str) -> str | None:
    """The address of the first view that exists: rooms come issue by issue, and no link leads nowhere."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None

"""The frame of public pages: menu, footer, the ways in. A context processor, read only by public.html."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, gettext, pgettext
from wagtail.models import Page

from cms import queries


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
    search_href: str = ""
    updated_at: object = None


def public_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `public`, built only when a template asks for it."""
    if getattr(request, "school", None) is not None:
        return {}
    return {"public": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: HttpRequest) -> SiteFrame:
    """The frame for the language and the address of a request. Without a home page it is empty, never an error."""
    language = get_language() or "zh-hans"
    home = queries.home_in("en" if language.startswith("en") else "zh-hans")
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
        updated_at=queries.newest_change(home.locale_id),
    )


def _nav(request: HttpRequest, base: str, pages: dict[str, Page]) -> list[SiteLink]:
    path = request.path
    on_news = path.startswith(f"{base}news/")
    links = [
        SiteLink(pgettext("navigation", "Home"), base, path == base),
        SiteLink(pgettext("navigation", "News"), f"{base}news/", on_news),
    ]
    if bulletins := _address("bulletin_list"):
        links.append(SiteLink(gettext("Energy bulletin"), bulletins, path.startswith(bulletins)))
    shown = [page for page in pages.values() if page.show_in_menus]
    links += [SiteLink(page.title, f"{base}{page.slug}/", path.startswith(f"{base}{page.slug}/")) for page in shown]
    return links


def _columns(base: str, pages: dict[str, Page]) -> list[SiteColumn]:
    about = [_link(base, pages, slug) for slug in ("about", "charter", "contact")]
    bulletins = _address("bulletin_list")
    public = [SiteLink(gettext("Energy bulletin"), bulletins)] if bulletins else []
    public_pages = [_link(base, pages, "open-data")]
    reading = [
        _link(base, pages, "accessibility"),
        SiteLink(gettext("News by RSS"), _address("site_feed") or ""),
    ]
    columns = [
        SiteColumn(gettext("The association"), [link for link in about if link]),
        SiteColumn(gettext("Open to all"), [*public, *(link for link in public_pages if link)]),
        SiteColumn(gettext("Help"), [link for link in reading if link]),
    ]
    return [column for column in columns if column.links]


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

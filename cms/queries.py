"""Named reads of the public site."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Max, QuerySet, Window
from django.db.models.functions import ExtractYear, RowNumber
from django.http import HttpRequest
from wagtail.models import Locale, Page

from cms.models import HomePage, NewsIndexPage, NewsPage, NoticePage, StandardPage
from cms.models.base import SitePage
from cms.rooms import STREET, Room

NOTICES, STORIES, RELATED, PER_HOUSE = 7, 3, 4, 2


@dataclass(frozen=True)
class Step:
    """One step of the way to a page (a crumb)."""

    label: str
    href: str


@dataclass(frozen=True)
class Version:
    """A page in one language: its full address."""

    lang_code: str
    location: str


@dataclass(frozen=True)
class House:
    """One house of the home page's street, with the newest pages of its committee."""

    room: Room
    news: tuple[NewsPage, ...]

    @property
    def drawing(self) -> str:
        """The template that draws it."""
        return f"drawings/{self.room.value}.html"


@dataclass(frozen=True)
class Front:
    """What the home page shows."""

    lead: NewsPage | None
    notices: list[NoticePage]
    stories: list[NewsPage]
    houses: list[House]


@dataclass(frozen=True)
class NewsFilter:
    """What a reader of the list asked for; None asks for everything."""

    year: int | None = None
    room: Room | None = None

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "NewsFilter":
        """Read the filter from an address; an unknown value asks for nothing."""
        year, room = query.get("year", ""), query.get("room", "")
        return cls(
            year=int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None,
            room=Room(room) if room in Room.values else None,
        )


def home_in(language: str) -> HomePage | None:
    """The live home page in a language."""
    return HomePage.objects.live().filter(locale__language_code=language).select_related("locale").first()


def news_index_in(language: str) -> NewsIndexPage | None:
    """The live list of news in a language."""
    return NewsIndexPage.objects.live().filter(locale__language_code=language).first()


def published_news(locale: Locale | int) -> QuerySet[NewsPage]:
    """Live news of a language, newest first, without their bodies."""
    found = NewsPage.objects.live().filter(locale=locale).select_related("cover")
    return found.order_by("-date", "-pk").defer_streamfields().prefetch_related("cover__renditions")


def news_in(index: NewsIndexPage, asked: NewsFilter) -> QuerySet[NewsPage]:
    """News below one list, as asked for."""
    found = published_news(index.locale_id).filter(path__startswith=index.path, depth=index.depth + 1)
    if asked.year:
        found = found.filter(date__year=asked.year)
    if asked.room:
        found = found.filter(room=asked.room)
    return found


def years_of(index: NewsIndexPage) -> list[int]:
    """Years in which the list has news, newest first."""
    found = NewsPage.objects.live().child_of(index).order_by().annotate(year=ExtractYear("date"))
    return sorted(set(found.values_list("year", flat=True)), reverse=True)


def front_of(home: HomePage) -> Front:
    """The home page's contents: the lead, the newest notices and stories, two pages for every committee."""
    news = published_news(home.locale_id)
    lead = _lead_of(home, news)
    stories = [page for page in news[: STORIES + 1] if page != lead]
    # Notices stand without their pictures.
    notices = list(
        NoticePage.objects.live().filter(locale=home.locale_id).order_by("-date", "-pk").defer_streamfields()[:NOTICES]
    )
    return Front(lead, notices, stories[:STORIES], _houses(home.locale_id))


def _lead_of(home: HomePage, news: QuerySet[NewsPage]) -> NewsPage | None:
    chosen = news.filter(pk=home.lead_story_id).first() if home.lead_story_id else None
    return chosen or news.filter(cover__isnull=False).first()


def _houses(locale_id: int) -> list[House]:
    newest = Window(RowNumber(), partition_by=F("room"), order_by=[F("date").desc(), F("pk").desc()])
    ranked = NewsPage.objects.live().filter(locale=locale_id, room__in=STREET).annotate(rank=newest)
    found = list(ranked.filter(rank__lte=PER_HOUSE).order_by("-date", "-pk").defer_streamfields())
    return [House(room, tuple(page for page in found if page.room == room)) for room in STREET]


def related_to(page: NewsPage) -> list[NewsPage]:
    """Other news with the same plate, newest first."""
    return list(published_news(page.locale_id).filter(room=page.room).exclude(pk=page.pk)[:RELATED])


def beside(page: StandardPage) -> list[StandardPage]:
    """The standing pages that have the same parent, in the order the editor gave them."""
    return list(StandardPage.objects.live().sibling_of(page).defer_streamfields().order_by("path"))


def standing_pages(home: HomePage) -> list[Page]:
    """Standing pages right below a home page."""
    return list(Page.objects.live().child_of(home).type(StandardPage).order_by("path"))


def newest_change(locale_id: int) -> datetime | None:
    """When anything on the site was last published, in one language."""
    found = Page.objects.live().filter(locale=locale_id).aggregate(newest=Max("last_published_at"))
    return found["newest"]


def crumbs_of(page: Page, request: HttpRequest | None = None) -> list[Step]:
    """The way from the home page to a page, the page itself last."""
    above = page.get_ancestors(inclusive=True).filter(depth__gte=2).order_by("depth")
    return [Step(step.title, step.get_url(request) or "") for step in above]


def versions_of(page: SitePage, request: HttpRequest | None = None) -> list[Version]:
    """The page in every language in which it is published, itself included, and the default (x-default)."""
    found = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale").order_by("locale")
    return list(_versions(found, request))


def _versions(pages: Iterable[Page], request: HttpRequest | None) -> Iterator[Version]:
    for page in pages:
        parts = page.get_url_parts(request)
        if parts and parts[2]:
            location = f"{settings.ASSOCIATION_URL}{parts[2]}"
            yield Version(language_tag(page.locale.language_code), location)
            if page.locale.language_code == settings.LANGUAGE_CODE:
                yield Version("x-default", location)


def language_tag(code: str) -> str:
    """The value of `hreflang` for one of Django's language codes."""
    return "zh-Hans" if code == settings.LANGUAGE_CODE else code


def newest_below(column: Page, most: int) -> list[Page]:
    """The newest live texts below a column, smaller columns left out; a fixed number of queries for each kind."""
    kinds = [kind for kind in column.specific_class.allowed_subpage_models() if not kind.allowed_subpage_models()]
    if not kinds:
        return []
    found = Page.objects.live().descendant_of(column).type(*kinds).order_by("-first_published_at", "-pk")
    return list(found.specific(defer=False)[:most])


def tree_path(path: str, language: str) -> str:
    """The place in the tree that an address of a language names, whether a page stands there or not; else empty."""
    home = home_in("en" if language.startswith("en") else settings.LANGUAGE_CODE)
    parts = [part for part in path.split("/") if part]
    return f"{home.url_path}{'/'.join(parts)}/" if home and parts else ""


def counterpart(path: str, language: str) -> Page | None:
    """For an address that leads nowhere in this language: the page that stands there in another, or its nearest parent.

    So the language switch never ends at a page that is not there.
    """
    slugs = [part for part in path.split("/") if part]
    for home in HomePage.objects.live().exclude(locale__language_code=language):
        standing = Page.objects.live().filter(url_path=f"{home.url_path}{'/'.join(slugs)}/").first() if slugs else home
        if standing is not None:
            above = standing.get_ancestors(inclusive=True).filter(depth__gte=2)
            keys = [page.translation_key for page in above.order_by("-depth")]
            here = {page.translation_key: page for page in _in_language(keys, language)}
            return next((here[key] for key in keys if key in here), None)
    return None


def _in_language(keys: list[object], language: str) -> QuerySet[Page]:
    return Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)

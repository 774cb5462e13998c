"""Named reads of the public site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Locale, Page

from cms.homes import homes_of
from cms.importing.reporting import KINDS as REPORT_KINDS
from cms.listing.libraries import with_successor
from cms.listing.notices import notices_of
from cms.models import CommitteePage, HomePage, NewsPage, NewsroomPost, RegulationPage, SiteImport, StandardPage
from cms.models.base import DatedPage, SitePage
from committees.calendar.queries import load_overrides
from committees.calendar.workdays import Overrides
from committees.roster.models import Seat
from committees.roster.queries import committees_with_counts, seats_on

RELATED, PER_COMMITTEE, HOME_DEPTH = 4, 6, 2


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
class CommitteeRoom:
    """What a committee's page shows besides its own words."""

    seats: list[Seat]
    news: list[NewsPage]
    notices: list[Page]
    regulations: list[RegulationPage]


@dataclass(frozen=True)
class Branch:
    """A column of the site and what stands right below it."""

    page: Page
    below: list[Page]


def published_news(locale: Locale | int) -> QuerySet[NewsPage]:
    """Live news of a language, newest first, without their bodies."""
    found = NewsPage.objects.live().filter(locale=locale).select_related("cover")
    return found.order_by("-date", "-pk").defer_streamfields().prefetch_related("cover__renditions")


def related_to(page: DatedPage) -> list[Page]:
    """Other news with the same plate, newest first."""
    found = published_news(page.locale_id).filter(room=page.room).exclude(pk=page.pk)
    return list(found.select_related(None).prefetch_related(None)[:RELATED])


def beside(page: StandardPage) -> list[Page]:
    """The standing pages that have the same parent, in the order the editor gave them."""
    kinds = Q(contactpage__isnull=False) | Q(standardpage__isnull=False)
    return list(Page.objects.live().sibling_of(page).filter(kinds).order_by("path"))


def overrides() -> Overrides:
    """Exceptional days of the working calendar."""
    return load_overrides()


def committee_pages(index: Page, day: date) -> list[CommitteePage]:
    """The committees' pages below a list in the committees' order, each with `sitting`: seats that hold on a day."""
    found = CommitteePage.objects.live().child_of(index).select_related("committee").defer_streamfields()
    sitting = {row.pk: getattr(row, "sitting", 0) for row in committees_with_counts(day)}
    pages = sorted(found, key=lambda page: page.committee.position)
    for page in pages:
        page.sitting = sitting.get(page.committee_id, 0)
    return pages


def committee_room(page: CommitteePage, day: date) -> CommitteeRoom:
    """What a committee's page shows besides its own words. News and notices go by the plate."""
    room, locale_id = page.plate.value, page.locale_id
    seats = [seat for seat in seats_on(page.committee, day) if seat.starts_on <= day]
    news = list(published_news(locale_id).filter(room=room).prefetch_related(None).select_related(None)[:PER_COMMITTEE])
    texts = RegulationPage.objects.live().filter(locale=locale_id, room=room).defer_streamfields()
    notices = notices_of(locale_id=locale_id)
    own_notices = notices.filter(Q(noticepage__room=room) | Q(publicnoticepage__room=room))[:PER_COMMITTEE]
    return CommitteeRoom(
        seats, news, list(own_notices), list(with_successor(texts, day).order_by("-date")[:PER_COMMITTEE])
    )


def branches_of(page: Page) -> list[Branch]:
    """The columns of the site in which `page` stands, each with the columns or standing pages below it: two queries."""
    above = Page.objects.live().filter(locale=page.locale_id, depth__in=(3, 4)).exclude(pk=page.pk).order_by("path")
    kinds = (
        ~Q(numchild=0) | Q(standardpage__isnull=False) | Q(newsindexpage__isnull=False) | Q(committeepage__isnull=False)
    )
    found = list(above.filter(Q(depth=3) | kinds))
    return [
        Branch(top, [one for one in found if one.depth == top.depth + 1 and one.path.startswith(top.path)])
        for top in found
        if top.depth == 3
    ]


def standing_pages(home: HomePage) -> list[Page]:
    """All pages right below a home page: columns, lists and standing pages, in the order the editor gave them."""
    return list(Page.objects.live().child_of(home).order_by("path"))


def crumbs_of(page: Page, request: HttpRequest | None = None) -> list[Step]:
    """The way from the home page to a page, the page itself last; what is not live above it is left out."""
    if page.depth == HOME_DEPTH:
        return [Step(page.title, page.get_url(request) or "")]
    shown = Q(live=True) | Q(pk=page.pk)
    above = page.get_ancestors(inclusive=True).filter(shown, depth__gte=HOME_DEPTH).order_by("depth")
    return [Step(step.title, step.get_url(request) or "") for step in above]


def versions_of(page: SitePage, request: HttpRequest | None = None) -> list[Version]:
    """The page in every language in which it is published, itself included, and the default (x-default)."""
    if page.depth == HOME_DEPTH and request is not None:
        return list(_versions(homes_of(request).by_code.values(), request))
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


def newsroom_posts(day: date, *, past: bool = False) -> QuerySet[NewsroomPost]:
    """Duties in the newsroom that hold on a day or begin later, by section and duty; with `past` those that have ended."""
    posts = NewsroomPost.objects.select_related("user")
    if past:
        return posts.filter(ends_on__lt=day).order_by("-ends_on", "user__name")[:100]
    return posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).order_by("room", "duty", "user__name")


def import_columns() -> list[Page]:
    """The lists to which articles of an old site may go, in the order of the tree; those of every language."""
    kinds = Q(newsindexpage__isnull=False) | Q(noticeindexpage__isnull=False)
    return list(Page.objects.live().filter(kinds).select_related("locale").order_by("path"))


def import_rows(site_import: SiteImport) -> Iterator[tuple[str, ...]]:
    """The report of an import as rows: place, title, column, old address, state, new address, kind of remark, remark."""
    for one in site_import.articles.select_related("page").defer("html").order_by("pk"):
        page = one.page.get_url() or "" if one.page else ""
        told = (one.place, one.title, one.column, one.address, str(one.get_state_display()), page)
        for kind, words in one.report or [("", "")]:
            yield *told, str(REPORT_KINDS.get(kind, "")), words


def import_hashes() -> set[str]:
    """The pictures of imports that are not done, for whoever clears the file store."""
    rows = SiteImport.objects.exclude(pictures={}).values_list("pictures", flat=True)
    return {sha256 for pictures in rows for sha256 in pictures.values()}


def tree_path(request: HttpRequest, path: str) -> str:
    """The place in the tree that an address of a language names, whether a page stands there or not; else empty."""
    home = homes_of(request).here()
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

"""What of the public site can be found: every live page that everybody may read, by its kind."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.signals import page_slug_changed, post_page_move

from cms.models.base import SitePage
from cms.models.order import day_of
from cms.rooms import Room
from search.declaring import declare
from search.outbox import note
from search.registry import PUBLIC, Document, Kind, Source, declare_columns, declare_committees

PAGE = Kind("page", _("Pages"), "file-text")
#: Kinds that readers tell apart, by class; every other class of page is a page.
KINDS: Mapping[str, Kind] = {
    "NewsPage": Kind("news", _("News"), "news"),
    "NoticePage": Kind("notice", _("Notices"), "bell"),
    "PublicNoticePage": Kind("notice", _("Notices"), "bell"),
    "RegulationPage": Kind("regulation", _("Regulations"), "book"),
    "ResearchPage": Kind("research", _("Research"), "note"),
    "EventPage": Kind("event", _("Events"), "calendar-event"),
    "HonourPage": Kind("honour", _("Honours"), "certificate"),
    "DownloadPage": Kind("download", _("Downloads"), "download"),
    "CommitteePage": Kind("committee", _("Committees"), "users-group"),
}
_COLUMN_DEPTH = 3
_NOT_TEXT = frozenset({"title", "cut_words"})


def page_classes() -> list[type[SitePage]]:
    """Every class of page of the site."""
    return [model for model in apps.get_models() if issubclass(model, SitePage)]


def key_of(page: Page) -> str:
    """The key of a page in the index."""
    return f"page:{page.pk}"


def load_pages(keys: list[str]) -> Iterator[Document]:
    """The documents of those pages that are live, not expired, and behind no restriction."""
    numbers = [int(key.partition(":")[2]) for key in keys]
    pages = list(_specific(Page.objects.filter(pk__in=numbers).live().public()))
    columns = columns_of(pages)
    for page in pages:
        if isinstance(page, SitePage) and page.depth >= _COLUMN_DEPTH - 1:
            yield _document(page, columns.get(column_path(page), ""))


def _specific(pages: Any) -> Iterator[Page]:
    """The pages as their own classes, one query for each class. One that is just being deleted has no such row any more:
    Wagtail's own way would warn of it."""
    by_class: dict[Any, list[int]] = {}
    for page in pages.select_related("content_type"):
        by_class.setdefault(page.specific_class or Page, []).append(page.pk)
    for model, numbers in by_class.items():
        yield from model._default_manager.filter(pk__in=numbers).select_related("locale")


def column_path(page: Page) -> str:
    """The path of the column in which a page stands."""
    return str(page.path[: _COLUMN_DEPTH * page.steplen])


def columns_of(pages: Iterable[Page]) -> dict[str, str]:
    """The columns (pages right below a home page) by path: their slugs."""
    paths = {column_path(page) for page in pages if page.depth >= _COLUMN_DEPTH}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "slug"))


def _document(page: SitePage, column: str) -> Document:
    parts = page.get_url_parts()
    kind = KINDS.get(type(page).__name__, PAGE)
    day = getattr(page, "date", None) or day_of(page.first_published_at)
    return Document(
        key_of(page), kind.slug, page.title, parts[2] if parts else "/", (PUBLIC,), text_of(page),
        language=page.locale.language_code, day=day if isinstance(day, date) else None,
        committee=str(getattr(page, "room", "")), column=column, expires_at=page.expire_at,
    )  # fmt: skip


def text_of(page: Page) -> str:
    """All words of a page that its class declares as searchable, but for its title."""
    found: list[str] = []
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in _NOT_TEXT:
            found += _words(field.get_value(page))
    return "\n".join(filter(None, (strip_tags(words).strip() for words in dict.fromkeys(found))))


def _words(value: Any) -> list[str]:
    if value is None or callable(value):
        return []
    return [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]


def all_pages() -> list[str]:
    """The keys of all live pages."""
    return [f"page:{pk}" for pk in Page.objects.live().filter(depth__gte=2).values_list("pk", flat=True)]


def column_names() -> dict[str, str | Promise]:
    """Columns by slug, in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    found = Page.objects.live().filter(depth=_COLUMN_DEPTH, locale__language_code=language)
    return dict(found.values_list("slug", "title"))


def plates() -> dict[str, str]:
    """Committees by hue."""
    return {str(room.value): str(room.label) for room in Room}


def declare_pages() -> Source:
    """Make the site's pages findable; what moves or is shut away takes all below it along."""
    kinds = tuple(dict.fromkeys([*KINDS.values(), PAGE]))
    watched: dict[Any, Any] = {model: lambda row: [key_of(row)] for model in [Page, *page_classes()]}
    watched[PageViewRestriction] = lambda row: _below(row.page)
    source = Source("pages", kinds, load_pages, all_pages, watched)
    declare(source)
    declare_columns(column_names)
    declare_committees(plates)

    def moved(instance: Page, **_signal: Any) -> None:
        note(source, _below(instance))

    for signal in (post_page_move, page_slug_changed):
        signal.connect(moved, weak=False, dispatch_uid="search:pages:moved")
    return source


def _below(page: Page) -> list[str]:
    below = Page.objects.filter(Q(path__startswith=page.path) | Q(pk=page.pk))
    return [f"page:{pk}" for pk in below.values_list("pk", flat=True)]

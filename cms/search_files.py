"""The site's files as documents of the search: found while a page that everybody may read shows them."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from cms.models.media import SiteDocument
from cms.search import column_path, columns_of, key_of, page_classes
from search.declaring import declare
from search.file_texts import FileSeen, forget_files, read_files, texts_of
from search.outbox import note
from search.registry import PUBLIC, Document, Kind, Source
from tenants.clock import database_now

FILE = Kind("file", _("Files"), "paperclip")


def file_key(pk: object) -> str:
    """The key of a file in the index."""
    return f"file:{pk}"


def load_files(keys: list[str]) -> Iterator[Document]:
    """The files that a live page without restriction shows, under the newest such page."""
    files = list(SiteDocument.objects.filter(pk__in=_numbers(keys)))
    pages = _pages_showing([file.pk for file in files])
    columns = columns_of(pages.values())
    texts = texts_of({file_key(file.pk): _digest(file) for file in files})
    for file in files:
        page = pages.get(file.pk)
        if page is None:
            continue
        key = file_key(file.pk)
        yield Document(
            key, FILE.slug, file.title, file.url, (PUBLIC,), f"{file.filename}\n{texts.get(key, '')}".strip(),
            language=page.locale.language_code, day=file.created_at.date(), column=columns.get(column_path(page), ""),
            expires_at=page.expire_at, parent=key_of(page),
        )  # fmt: skip


def prepare_files(keys: list[str]) -> None:
    """Read the words of those files that are still there."""
    files = SiteDocument.objects.filter(pk__in=_numbers(keys))
    seen = [
        FileSeen(file_key(file.pk), _digest(file), file.title, file.url,
                 PurePosixPath(file.filename).suffix.lstrip(".").lower(), _reading(file))
        for file in files
    ]  # fmt: skip
    forget_files(set(keys) - {each.key for each in seen})
    read_files(seen, at=database_now())


def _digest(file: SiteDocument) -> str:
    """Tells one content from another: the hash that forms leave behind, else the name, which is never used twice."""
    return str(file.file_hash or file.file.name)[-64:]


def _reading(file: SiteDocument) -> Any:
    def content() -> bytes:
        with file.file.open("rb") as opened:
            read: bytes = opened.read()
            return read

    return content


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key.partition(":")[2]) for key in keys]


def _pages_showing(files: list[int]) -> dict[int, Page]:
    """For each file the newest live page without restriction that shows it."""
    rows = _references().filter(to_object_id__in=map(str, files)).values_list("to_object_id", "object_id")
    shown: dict[int, list[int]] = {}
    for file, page in set(rows):
        shown.setdefault(int(page), []).append(int(file))
    pages = (
        Page.objects.filter(pk__in=shown).live().public().select_related("locale").order_by("first_published_at", "pk")
    )
    return {file: page for page in pages for file in shown[page.pk]}


def _references() -> Any:
    kinds = ContentType.objects.get_for_models(SiteDocument, Page)
    return ReferenceIndex.objects.filter(to_content_type=kinds[SiteDocument], base_content_type=kinds[Page])


def keys_below(pages: Any) -> list[str]:
    """The files shown by these pages."""
    numbers = [str(pk) for pk in pages.values_list("pk", flat=True)]
    return [file_key(pk) for pk in _references().filter(object_id__in=numbers).values_list("to_object_id", flat=True)]


def keys_of_page(page: Page) -> list[str]:
    """The files that a page shows, and those it showed."""
    before = keys_below(Page.objects.filter(pk=page.pk))
    kind = ContentType.objects.get_for_model(SiteDocument).pk
    now = [file_key(pk) for found, pk, *_place in ReferenceIndex._extract_references_from_object(page) if found == kind]
    return list(dict.fromkeys([*before, *now]))


def all_files() -> list[str]:
    """The keys of all files that any page shows."""
    return [file_key(pk) for pk in _references().values_list("to_object_id", flat=True).distinct().order_by()]


def declare_files(pages: Source) -> Source:
    """Make the site's files findable. `pages`: their source, declared before."""
    watched: dict[Any, Any] = dict.fromkeys([Page, *page_classes()], keys_of_page)
    watched[SiteDocument] = lambda file: [file_key(file.pk)]
    watched[PageViewRestriction] = lambda row: keys_below(row.page.get_descendants(inclusive=True))
    source = Source("files", (FILE,), load_files, all_files, watched, prepare=prepare_files)
    declare(source)

    def gone(instance: SiteDocument, **_signal: Any) -> None:
        forget_files([file_key(instance.pk)])

    def unlinked(instance: ReferenceIndex, **_signal: Any) -> None:
        if instance.to_content_type_id == ContentType.objects.get_for_model(SiteDocument).pk:
            note(source, [file_key(instance.to_object_id)])

    post_delete.connect(gone, sender=SiteDocument, weak=False, dispatch_uid="search:files:gone")
    post_delete.connect(unlinked, sender=ReferenceIndex, weak=False, dispatch_uid="search:files:unlinked")
    return source

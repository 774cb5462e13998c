"""Reading an export of an old site into rows that may be looked through, and bringing its articles in, each once."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.importing.albums import Album
from cms.importing.articles import MOST_ARTICLES, MOST_BYTES, Article, Export
from cms.importing.decoding import decoded
from cms.importing.reporting import asks_for_editor, old_address
from cms.importing.survey import survey
from cms.importing.tables import read_table
from cms.importing.wxr import NotTaken, read_wxr
from cms.models.imports import ArticleState, ImportedArticle, ImportState, SiteImport
from cms.queries import import_columns
from cms.standing import standing_of
from committees.files.store import file_store
from tenants.models import User

Pictures = Iterable[tuple[str, bytes]]


class ImportRefused(PermissionError):
    """Somebody may not do this with an import, or not now; the words say why."""


def read_import(*, name: str, content: bytes, pictures: Pictures = (), room: str, by: User, at: datetime) -> SiteImport:
    """Read an export and its pictures into an import that waits to be looked through; no page is made.

    Raises NotTaken for a file that is none, AlbumRefused for a zip that cannot be read.
    """
    export = _export_of(content)
    row = SiteImport(name=name[:200], room=room, made_by=by, made_at=at)
    row.faults = [[fault.place, str(fault.words)] for fault in export.faults]
    row.pictures = _kept(pictures)
    row.columns = _guessed(export)
    with transaction.atomic():
        row.save()
        _write_articles(row, export)
    return row


def _export_of(content: bytes) -> Export:
    if len(content) > MOST_BYTES:
        raise NotTaken(_("The export is larger than 60 MB. Export the years one by one."))
    text = decoded(content)
    if text is None or not text.strip():
        raise NotTaken(_("This is no text in UTF-8 or GBK."))
    export = read_wxr(text) if text.lstrip().startswith("<") else read_table(text)
    if len(export.articles) > MOST_ARTICLES:
        raise NotTaken(_("The export holds too many items. Export the years one by one."))
    if not export.articles:
        said = "; ".join(f"{fault.place}: {fault.words}" for fault in export.faults[:3])
        raise NotTaken(said or _("The export holds no article."))
    return export


def _write_articles(row: SiteImport, export: Export) -> None:
    album = Album(row.pictures)
    rows = [_looked_through(_row(row, one), one, album) for one in export.articles]
    ImportedArticle.objects.bulk_create(rows, batch_size=200)


def _row(row: SiteImport, one: Article) -> ImportedArticle:
    return ImportedArticle(
        site_import=row, place=one.place[:40], key=key_of(one), title=one.title[:255], day=one.day,
        column=one.column[:120], address=one.address[:500], author=one.author[:60], html=one.html,
    )  # fmt: skip


def _looked_through(row: ImportedArticle, article: Article, album: Album) -> ImportedArticle:
    row.report = survey(article, album)
    row.needs_editor = asks_for_editor(row.report)
    return row


def key_of(article: Article) -> str:
    """What tells an article from every other, whichever export it comes in: its old path and title, or title and day."""
    address = old_address(article.address)
    words = f"{address.path}|{article.title}" if address else f"|{article.title}|{article.day}"
    return hashlib.sha256(words.encode()).hexdigest()


def _kept(pictures: Pictures) -> dict[str, str]:
    store = file_store()
    return {name: store.keep(content).sha256 for name, content in pictures if content}


def _guessed(export: Export) -> dict[str, int | None]:
    """Each column of the old site with the list of this one that has its name."""
    here = {page.title: page.pk for page in reversed(import_columns())}
    return {name: here.get(name) for name in dict.fromkeys(one.column[:120] for one in export.articles)}


def add_pictures(*, site_import: SiteImport, pictures: Pictures, by: User, at: datetime) -> SiteImport:
    """More pictures for an import that was not begun; its reports are made anew. Raises ImportRefused, AlbumRefused."""
    kept = _kept(pictures)
    with transaction.atomic():
        row = _waiting(site_import)
        row.pictures = {**row.pictures, **kept}
        row.save(update_fields=["pictures"])
        articles, album = list(row.articles.all()), Album(row.pictures)
        for one in articles:
            again = Article(one.place, one.title, one.day, one.column, one.html, one.address, one.author)
            _looked_through(one, again, album)
        ImportedArticle.objects.bulk_update(articles, ["report", "needs_editor"], batch_size=200)
    return row


def start_import(
    *, site_import: SiteImport, columns: Mapping[str, Page | None], publishes: bool, by: User, at: datetime
) -> SiteImport:
    """Decide where each column goes, and whether what needs no editor is published at once; then the worker begins.

    Publishing past the three reviews is for those who release: the texts were reviewed where they came from. Raises
    ImportRefused.
    """
    from cms.models.editing import Duty

    if publishes and not standing_of(by).has(Duty.FINAL):
        raise ImportRefused(_("Only who releases pages may publish an import; bring it in as drafts."))
    with transaction.atomic():
        row = _waiting(site_import)
        row.columns = {name: page.pk if page else None for name, page in columns.items()}
        row.publishes, row.run_by, row.run_at, row.state = publishes, by, at, ImportState.RUNNING
        row.save(update_fields=["columns", "publishes", "run_by", "run_at", "state"])
    return row


def discard_import(*, site_import: SiteImport, by: User, at: datetime) -> None:
    """Forget an import that was not begun. Raises ImportRefused."""
    with transaction.atomic():
        _waiting(site_import).delete()


def end_import(*, site_import: SiteImport, at: datetime) -> None:
    """Nothing waits any more: its pictures may go from the file store."""
    waiting = site_import.articles.filter(state=ArticleState.WAITING)
    SiteImport.objects.filter(pk=site_import.pk, state=ImportState.RUNNING).exclude(articles__in=waiting).update(
        state=ImportState.DONE, done_at=at, pictures={}
    )


def _waiting(site_import: SiteImport) -> SiteImport:
    row = SiteImport.objects.select_for_update().filter(pk=site_import.pk).first()
    if row is None or row.state != ImportState.READ:
        raise ImportRefused(_("This import was begun already."))
    return row

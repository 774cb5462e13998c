"""Making the pages of an import, each in its own transaction: a worker that is killed goes on where it was."""

from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.actions.drafts import lead_of
from cms.importing.albums import Album
from cms.importing.blocks import body_of
from cms.importing.cleaning import Cleaned
from cms.importing.pictures import keep_picture
from cms.importing.reporting import Line, asks_for_editor, holds_back, old_address
from cms.importing.survey import text_of
from cms.models import NewsIndexPage, NewsPage, NoticeIndexPage, NoticePage, Picture
from cms.models.base import DatedPage
from cms.models.editing import Release
from cms.models.imports import ArticleState, ImportedArticle, SiteImport
from cms.pictures import wordless_on
from committees.files.store import FileMissing, file_store
from tenants.clock import local_day

#: What an article becomes, by the list it goes to.
PAGE_KINDS: dict[type[Page], type[DatedPage]] = {NewsIndexPage: NewsPage, NoticeIndexPage: NoticePage}
LONGEST_PATH = 255


class Bringer:
    """Brings in the articles of one import."""

    def __init__(self, site_import: SiteImport, at: datetime) -> None:
        self.row, self.at = site_import, at
        self.album = Album(site_import.pictures)
        keys = [key for key in site_import.columns.values() if key]
        self.columns = {page.pk: page.specific for page in Page.objects.filter(pk__in=keys)}

    @transaction.atomic
    def bring(self, pk: int) -> None:
        """One article: a page with its redirect, or the reason why there is none. Twice is once."""
        article = ImportedArticle.objects.select_for_update().get(pk=pk)
        if article.state != ArticleState.WAITING:
            return
        column = self.columns.get(self.row.columns.get(article.column) or 0)
        if column is None:
            article.state = ArticleState.LEFT_OUT
            article.report.append(("column", article.column))
        elif ImportedArticle.objects.filter(key=article.key, page__isnull=False).exists():
            article.state = ArticleState.KNOWN
        else:
            self._make(article, column)
        article.needs_editor = asks_for_editor(article.report)
        article.save(update_fields=["state", "page", "report", "needs_editor"])

    def _make(self, article: ImportedArticle, column: Page) -> None:
        cleaned = text_of(article.html, article.address)
        page = self._page(article, column, cleaned)
        revision = page.save_revision(user=self.row.run_by, changed=False)
        article.page = Page(pk=page.pk)
        article.report += self._redirect(article, page)
        article.state = ArticleState.DRAFT
        by = self.row.run_by
        if by is not None and self.row.publishes and not holds_back(article.report) and not wordless_on(page):
            Release.objects.create(page=Page(pk=page.pk), revision=revision, released_by=by, released_at=self.at)
            # The old site's editors reviewed it; who may start such an import is asked there (cms.actions.imports).
            revision.publish(user=by, skip_permission_checks=True)
            article.state = ArticleState.LIVE

    def _page(self, article: ImportedArticle, column: Page, cleaned: Cleaned) -> DatedPage:
        day = article.day or local_day(self.at)
        # Read anew: somebody else may have written below it since the last article.
        column = type(column).objects.select_related("locale").get(pk=column.pk)
        page = PAGE_KINDS[type(column)](
            title=article.title, lead=lead_of(cleaned.parts) or article.title, date=day, room=self.row.room,
            author=article.author, live=False, has_unpublished_changes=True, owner=self.row.run_by, locale=column.locale,
            body=body_of(cleaned.parts, lambda source, words: self._picture(article, source, words)),
            # Lists and feeds know the day it first appeared, not the day it was moved.
            first_published_at=timezone.make_aware(datetime.combine(day, time(12))),
        )  # fmt: skip
        column.add_child(instance=page)
        return page

    def _picture(self, article: ImportedArticle, source: str, words: str) -> Picture | None:
        sha256 = self.album.find(source)
        if sha256 is None:
            return None
        try:
            with file_store().open_kept(sha256) as kept:
                found = keep_picture(source.rsplit("/", 1)[-1], kept.read(), words=words, by=self.row.run_by)
        except FileMissing:
            found = ""
        if isinstance(found, Picture):
            return found
        article.report.append(("picture_refused", f"{source[:200]} {found}".strip()))
        return None

    def _redirect(self, article: ImportedArticle, page: Page) -> list[Line]:
        """Lead the old address to the page; what stands in the way is told."""
        address = old_address(article.address)
        if address is None:
            return []
        path = Redirect.normalise_path(address.path)
        other = Redirect.objects.filter(old_path=path).exclude(redirect_page__isnull=True, redirect_link="").first()
        if len(path) > LONGEST_PATH or other is not None or _answers(path):
            return [("address", path[:200])]
        Redirect.objects.create(old_path=path, redirect_page=Page(pk=page.pk), is_permanent=True)
        return []


def _answers(path: str) -> bool:
    """Whether the portal itself, or a page, answers at a path: a redirect would never be asked."""
    bare = f"{path.partition('?')[0].rstrip('/')}/"
    try:
        name = resolve(bare, urlconf=settings.PUBLIC_SCHEMA_URLCONF).url_name
    except Resolver404:
        return False
    return name != "wagtail_serve" or Page.objects.filter(url_path__endswith=bare, depth=bare.count("/") + 1).exists()

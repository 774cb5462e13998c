"""What the job worker does for the site."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from wagtail.models import Page

from cms.actions.bringing import Bringer
from cms.actions.imports import end_import
from cms.actions.scheduling import publish_due
from cms.drawing import draw_for
from cms.models.imports import ArticleState, ImportState, SiteImport
from tenants.clock import database_now


@app.periodic(cron="* * * * *", periodic_id="site_due")
@app.task(name="site.publish_due", queueing_lock="site.publish_due", pass_context=False)
def publish_due_pages(timestamp: int) -> None:
    """Every minute: pages whose hour has come appear, pages whose end has come go."""
    publish_due(at=database_now())


def ask_for_pictures(page: int) -> None:
    """Let the worker write the pictures of a page; an asking that already waits is enough."""
    try:
        with transaction.atomic():
            draw_pictures.configure(queueing_lock=f"site.draw {page}").defer(page=page)
    except AlreadyEnqueued:
        return


@app.task(name="site.draw", retry=2)
def draw_pictures(page: int) -> None:
    """Write the sizes of a page's pictures, if it is still live."""
    found = Page.objects.live().filter(pk=page).first()
    if found is not None:
        draw_for(found)


def ask_to_bring_in(site_import: int) -> None:
    """Let the worker make the pages of an import; an asking that already waits is enough."""
    try:
        with transaction.atomic():
            bring_in.configure(queueing_lock=f"site.import {site_import}").defer(site_import=site_import)
    except AlreadyEnqueued:
        return


@app.task(name="site.import", retry=3)
def bring_in(site_import: int) -> None:
    """Make the pages of an import that was started, those that are not made yet."""
    row = SiteImport.objects.filter(pk=site_import, state=ImportState.RUNNING).first()
    if row is None:
        return
    bringer = Bringer(row, database_now())
    for pk in row.articles.filter(state=ArticleState.WAITING).order_by("pk").values_list("pk", flat=True):
        bringer.bring(pk)
    end_import(site_import=row, at=database_now())

"""What the job worker does for the site."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from wagtail.models import Page

from cms.actions.scheduling import publish_due
from cms.drawing import draw_for
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

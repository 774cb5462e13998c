"""Pictures in all their sizes before anybody asks: AVIF takes a second to write, and no visitor waits for that.

A page is asked for as a visitor would, with the lists above it, and throws the answer away; what its templates ask for is
then there. So the sizes stand in the templates alone.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from wagtail.models import Page

from cms.pictures import has_pictures


def draw_for(page: Page) -> None:
    """Write every size that this live page, the lists above it and the home page show."""
    draw_pages([*page.get_ancestors().live().filter(depth__gt=1).specific(), page.specific])


def draw_pages(pages: Iterable[Page]) -> None:
    """Write every size that these live pages show."""
    handler = BaseHandler()
    handler.load_middleware()
    for one in pages:
        handler.get_response(WSGIRequest(_visit(one)))


def _visit(page: Page) -> dict[str, Any]:
    """What a server hands over for a visit; without a browser's name nobody counts it as read."""
    return {**page._get_dummy_headers(), "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}


def ask_to_draw(sender: Any, instance: Page, **_more: Any) -> None:
    """Leave it to the job worker when a page with pictures was published (Wagtail's `page_published`)."""
    from cms.tasks import ask_for_pictures

    if has_pictures(instance):
        ask_for_pictures(instance.pk)

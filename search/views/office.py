"""What is asked for and what is not found, and files whose text cannot be read: for editors."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.asked import failed, popular
from search.models import Change, Delivery, LexiconLine, UnreadFile
from search.switchboard import elastic_engine
from search.views.lexicon import ROLES
from tenants.clock import request_day
from tenants.doors import association_door
from tenants.frames import page

LOOKED_BACK = timedelta(days=90)
MOST_FILES = 50


@require_safe
@association_door(*ROLES)
def search_report(request: HttpRequest) -> HttpResponse:
    """Popular and failed queries of three months, without anybody's name; unread files; what waits."""
    since = request_day(request) - LOOKED_BACK
    engine = elastic_engine()
    waiting = Change.objects.count() + (Delivery.objects.filter(delivered_at=None).count() if engine else 0)
    return page(
        request, "search/report.html", [(_("Search"), "")], popular=popular(since), failed=failed(since),
        unread=UnreadFile.objects.order_by("-noted_at")[:MOST_FILES], lines=LexiconLine.objects.count(), waiting=waiting,
    )  # fmt: skip

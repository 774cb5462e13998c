"""What is asked for and what is not found, and files whose text cannot be read: for editors."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from search.asked import failed, popular
from search.models import Change, Delivery, LexiconLine, UnreadFile
from search.rail import ROLES
from search.switchboard import elastic_engine
from tenants.clock import request_day
from tenants.doors import association_door
from tenants.frames import page

LOOKED_BACK = timedelta(days=90)
MOST_FILES = 50
REASONS = {
    "bomb": gettext_lazy("unpacks to far more than it is"),
    "password": gettext_lazy("opens with a password only"),
    "too_large": gettext_lazy("too large to be read"),
    "too_slow": gettext_lazy("reading it takes too long"),
    "broken": gettext_lazy("damaged, or not what its name says"),
    "no_text": gettext_lazy("pictures of pages without words: offer the original instead of a scan"),
    "old_kind": gettext_lazy("an old format: save it anew as DOCX, XLSX, PPTX or PDF"),
    "missing": gettext_lazy("the file is no longer there"),
}


@require_safe
@association_door(*ROLES)
def search_report(request: HttpRequest) -> HttpResponse:
    """Popular and failed queries of three months, without anybody's name; unread files; what waits."""
    since = request_day(request) - LOOKED_BACK
    engine = elastic_engine()
    unread = UnreadFile.objects.order_by("-noted_at", "pk")[:MOST_FILES]
    waiting = Change.objects.count() + (Delivery.objects.filter(delivered_at=None).count() if engine else 0)
    return page(
        request, "search/report.html", [(_("Search"), "")], popular=popular(since), failed=failed(since),
        unread=[(file, REASONS.get(file.reason, file.reason)) for file in unread], lines=LexiconLine.objects.count(),
        waiting=waiting,
    )  # fmt: skip

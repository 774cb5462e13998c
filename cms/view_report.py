"""How often pages were read, for the newsroom."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.doors import newsroom_door
from tenants.clock import request_day

ROWS, SPANS = 30, (7, 30, 365)


@newsroom_door()
@require_safe
def view_report(request: HttpRequest) -> HttpResponse:
    """Pages by views in the last 7, 30 or 365 days, most read first."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else 30
    since = Q(views_by_day__day__gt=request_day(request) - timedelta(days=days))
    pages = (
        Page.objects.filter(since).annotate(read=Sum("views_by_day__views", filter=since)).order_by("-read", "title")
    )
    return render(
        request, "cms/newsroom/views.html",
        {"rows": Paginator(pages, ROWS).get_page(request.GET.get("page")), "days": days, "spans": SPANS,
         "page_title": _("Page views"), "header_title": _("Page views"), "header_icon": "view"},
    )  # fmt: skip

"""The published roots of days, and the text under each, for whoever wants to check a seal against them."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.filings.daily_roots import read_day
from committees.filings.models import DailyRoot
from tenants.doors import public_door

DAYS = 60


@public_door
@require_safe
def daily_roots(request: HttpRequest) -> HttpResponse:
    """All closed days, the newest first."""
    rows = Paginator(DailyRoot.objects.all(), DAYS).get_page(request.GET.get("page"))
    crumbs = [{"label": _("Home"), "href": "/"}, {"label": _("Roots of the days"), "href": ""}]
    return render(request, "filings/public/roots.html", {"rows": rows, "crumbs": crumbs})


@public_door
@require_safe
def daily_root_text(request: HttpRequest, day: str) -> HttpResponse:
    """The text whose SHA-256 is the day's root, as it follows from what stands here now."""
    try:
        row = get_object_or_404(DailyRoot, day=date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(read_day(row.day, row.previous).text, content_type="text/plain; charset=utf-8")

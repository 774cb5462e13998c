"""The school's list of calls and filings."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import Overrides
from committees.filings.flows import FILING_FLOW
from committees.filings.models import Filing
from committees.filings.school.reads import OPEN_STATES, Wanted, choices_of, days_left, listed, tallies
from tenants.clock import local_day, request_time
from tenants.doors import school_door
from tenants.signin.paths import localized
from tenants.standing import stand

PER_PAGE = 20


@school_door()
@require_GET
def filing_list(request: Any) -> HttpResponse:
    """All calls addressed to this school, by period, state and room."""
    wanted = _wanted(request)
    page = Paginator(listed(request.school, wanted), PER_PAGE).get_page(request.GET.get("page"))
    today = local_day(request_time(request))
    exceptional = load_overrides()
    periods, rooms = choices_of(request.school)
    counted = tallies(request.school)
    stand(request, wanted.room or "filings", (_("To do"), localized("/desk/")), (_("Filings"), ""))
    context = {
        "page": page, "wanted": wanted, "periods": periods, "rooms": rooms, "total": sum(n for _state, n in counted),
        "lines": [(filing, _left(filing, today, exceptional)) for filing in page],
        "tallies": [(FILING_FLOW.state(name), count) for name, count in counted],
        "open_count": sum(count for name, count in counted if name in OPEN_STATES),
    }  # fmt: skip
    return render(request, "filings/school/list.html", context)


def _left(filing: Filing, today: date, exceptional: Overrides) -> int | None:
    """Working days left while something is to be done in the school."""
    return days_left(filing.duty.due_on, today, exceptional) if filing.state in OPEN_STATES else None


def _wanted(request: HttpRequest) -> Wanted:
    names = ("text", "state", "period", "room", "sort")
    asked = {
        name: request.GET.get("q" if name == "text" else name, "").replace("\0", "").strip()[:60] for name in names
    }
    return Wanted(**asked)

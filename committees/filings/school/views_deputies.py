"""Who stands in for a head: the list, naming somebody, ending it early."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from committees.filings.approval_actions import end_deputy, name_deputy
from committees.filings.deputy_rules import MOST_DAYS
from committees.filings.models import Deputy
from committees.workflow.advance import MoveRefused
from tenants.clock import local_day, request_time
from tenants.doors import school_door
from tenants.models import Membership, SchoolRole, User, in_force
from tenants.signin.paths import localized
from tenants.standing import stand

#: How many of those whose time is over are shown.
MOST_PAST = 50


@school_door("head", "clerk")
@require_http_methods(["GET", "POST"])
def deputy_list(request: Any) -> HttpResponse:
    """Deputies now, to come and past; a head names one here."""
    if request.method == "GET":
        return _page(request)
    if SchoolRole.HEAD not in request.roles:
        return _page(request, _("Only a head names a deputy."), status=403)
    try:
        named = _name(request)
    except (MoveRefused, ValueError) as refused:
        reason = refused.reason if isinstance(refused, MoveRefused) else _("Give both days as year, month and day.")
        return _page(request, str(reason), status=422)
    text = _("%(name)s stands in for you until %(day)s.")
    messages.success(request, text % {"name": named.deputy.name, "day": named.ends_on.isoformat()})
    return HttpResponseRedirect(reverse("school_deputies"))


@school_door("head")
@require_POST
def deputy_end(request: Any, public_id: UUID) -> HttpResponse:
    """A head ends a deputy's time today, also another head's."""
    found = Deputy.objects.select_related("deputy", "school").filter(school=request.school, public_id=public_id).first()
    if found is None:
        raise Http404
    end_deputy(deputy=found, by=request.user, at=request_time(request))
    messages.success(request, _("%(name)s no longer stands in.") % {"name": found.deputy.name})
    return HttpResponseRedirect(reverse("school_deputies"))


def _name(request: Any) -> Deputy:
    """The deputy named in the form. Raises MoveRefused, and ValueError for days that are none."""
    days = [date.fromisoformat(request.POST.get(name, "")) for name in ("starts_on", "ends_on")]
    account = request.POST.get("deputy", "")[:64]
    person = _people(request).filter(account=account).first()
    if person is None:
        raise MoveRefused(_("Choose somebody with a post in the school."))
    return name_deputy(
        school=request.school, deputy=person, starts_on=days[0], ends_on=days[1],
        reason=request.POST.get("reason", "")[:200], by=request.user, at=request_time(request),
    )  # fmt: skip


def _people(request: Any) -> Any:
    """Who may stand in: heads and clerks of today, without the person who asks."""
    day = local_day(request_time(request))
    posts = [SchoolRole.HEAD, SchoolRole.CLERK]
    held = Membership.objects.filter(in_force(day), school=request.school, role__in=posts).values("user")
    return User.objects.filter(pk__in=held, is_active=True).exclude(pk=request.user.pk).order_by("name")


def _page(request: Any, refused: str = "", status: int = 200) -> HttpResponse:
    today = local_day(request_time(request))
    rows = list(Deputy.objects.filter(school=request.school).select_related("head", "deputy", "ended_by")[:200])
    over = [row for row in rows if row.ended_at or row.ends_on < today]
    stand(
        request,
        "filings",
        (_("To do"), localized("/desk/")),
        (_("Filings"), reverse("school_filings")),
        (_("Deputies"), ""),
    )
    may_name = SchoolRole.HEAD in request.roles
    context = {
        "now": [row for row in rows if row not in over and row.starts_on <= today],
        "to_come": [row for row in rows if row not in over and row.starts_on > today],
        "past": over[:MOST_PAST], "may_name": may_name, "people": _people(request) if may_name else [], "today": today,
        "refused": refused, "most": MOST_DAYS, "typed": request.POST,
    }  # fmt: skip
    return render(request, "filings/school/deputies.html", context, status=status)

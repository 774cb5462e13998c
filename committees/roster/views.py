"""The seats of a committee: who sits where, for which term; named by the secretary (S9-52)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.roster.actions import end_seat, grant_seat
from committees.roster.forms import GrantSeat
from committees.roster.models import Committee, Seat, SeatKind
from committees.roster.queries import committees_with_counts, seats_on
from tenants.actions.invitations import invite
from tenants.actions.posts import PostRefused
from tenants.clock import request_day, request_time
from tenants.doors import association_door, person
from tenants.forms.people import LastDay
from tenants.frames import page
from tenants.models import InvitationKind, User
from tenants.queries import open_invitations


@require_safe
@association_door("secretary")
def committees_list(request: HttpRequest) -> HttpResponse:
    """All committees, with how many sit on each."""
    rows = committees_with_counts(request_day(request))
    return page(request, "roster/committees_list.html", [(_("Committees"), "")], rows=rows)


@require_http_methods(["GET", "POST"])
@association_door("secretary")
def committee_seats(request: HttpRequest, code: str) -> HttpResponse:
    """The seats of one committee; the form gives one, to somebody known or by invitation."""
    committee = get_object_or_404(Committee, code=code)
    form = GrantSeat(request.POST or None, initial={"starts_on": request_day(request)})
    if request.method == "POST" and form.is_valid():
        response = _grant(request, committee, form)
        if response:
            return response
    day = request_day(request)
    context = {
        "committee": committee, "form": form, "seats": seats_on(committee, day),
        "ending": LastDay(initial={"ends_on": day}),
        "past": seats_on(committee, day, past=True),
        "invitations": open_invitations(request_time(request)).filter(kind=InvitationKind.SEAT, scope=code),
    }  # fmt: skip
    crumbs = [(_("Committees"), "office_committees"), (committee.name, "")]
    return page(request, "roster/committee_seats.html", crumbs, status=422 if form.errors else None, **context)


def _grant(request: HttpRequest, committee: Committee, form: GrantSeat) -> HttpResponse | None:
    given, by, at = dict(form.cleaned_data), person(request), request_time(request)
    account, kind, task = given.pop("account"), given.pop("kind"), given.pop("task")
    if not account:
        row = invite(kind=InvitationKind.SEAT, scope=committee.code, role=kind, post=task, by=by, at=at, **given)
        return redirect("invitation_sheet", public_id=row.public_id)
    known = User.objects.filter(account=account, is_active=True).first()
    if known is None:
        form.add_error("account", _("Nobody has this account name."))
        return None
    term = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
    try:
        grant_seat(committee=committee, user=known, kind=kind, task=task, by=by, at=at, **term)
    except PostRefused as refusal:
        form.add_error("kind", str(refusal.reason))
        return None
    messages.success(request, _("%(name)s is %(role)s now.") % {"name": known.name, "role": SeatKind(kind).label})
    return redirect("office_committee", code=committee.code)


@require_POST
@association_door("secretary")
def seat_end(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """End a seat on a day."""
    seat, form = get_object_or_404(Seat, committee__code=code, public_id=public_id), LastDay(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day as a date."))
        return redirect("office_committee", code=code)
    try:
        row = end_seat(seat=seat, by=person(request), at=request_time(request), **form.cleaned_data)
        messages.success(request, _("%(name)s’s seat ends.") % {"name": row.user.name})
    except PostRefused as refusal:
        messages.error(request, str(refusal.reason))
    return redirect("office_committee", code=code)

"""A school's people: who holds which post, invitations, ends and undo. For its heads; members may look."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.actions.accounts import AccountRefused, make_reset_code
from tenants.actions.invitations import invite
from tenants.actions.posts import PostRefused, change_membership, end_membership, restore_membership
from tenants.clock import request_day, request_time
from tenants.doors import person, school_door
from tenants.forms.people import ChangeMember, InviteMember, LastDay
from tenants.frames import page
from tenants.models import InvitationKind, Membership, School, SchoolRole
from tenants.queries import members_of, open_invitations
from tenants.signin.paths import localized


def _school(request: HttpRequest) -> School:
    return cast("School", request.school)  # type: ignore[attr-defined]


def _member(request: HttpRequest, public_id: str) -> Membership:
    rows = Membership.objects.select_related("user", "school").filter(school=_school(request))
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@school_door()
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody with a post in this school, open invitations, and who left within a year."""
    day, school = request_day(request), _school(request)
    head = SchoolRole.HEAD in request.roles  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "may_change": head,
        "members": members_of(school, day),
        "left": members_of(school, day, left_since=day - timedelta(days=365)) if head else [],
        "invitations": open_invitations(request_time(request)).filter(school=school) if head else [],
    }
    return page(request, "tenants/people_list.html", [(_("People"), "")], **context)


@require_http_methods(["GET", "POST"])
@school_door("head")
def member_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a post in this school."""
    form = InviteMember(request.POST or None, initial={"starts_on": request_day(request)})
    if request.method == "POST" and form.is_valid():
        row = invite(
            kind=InvitationKind.MEMBERSHIP, school=_school(request), by=person(request), at=request_time(request),
            **form.cleaned_data,
        )  # fmt: skip
        return redirect("invitation_sheet", public_id=row.public_id)
    crumbs = [(_("People"), "people"), (_("Invite"), "")]
    return page(request, "tenants/member_invite.html", crumbs, status=422 if form.errors else None, form=form)


@require_http_methods(["GET", "POST"])
@school_door("head")
def member_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """One post: its name, its end, a way back in for the person."""
    row = _member(request, public_id)
    form = ChangeMember(request.POST or None, initial={"post": row.post})
    if request.method == "POST" and form.is_valid():
        change_membership(membership=row, by=person(request), at=request_time(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people")
    context: dict[str, Any] = {"row": row, "form": form, "ending": LastDay(initial={"ends_on": request_day(request)})}
    crumbs = [(_("People"), "people"), (row.user.name, "")]
    return page(request, "tenants/member_show.html", crumbs, today=request_day(request), **context)


@require_POST
@school_door("head")
def member_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a post on a day; the last head is refused with the reason."""
    row, form = _member(request, public_id), LastDay(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day as a date."))
        return redirect("member", public_id=public_id)
    try:
        end_membership(membership=row, by=person(request), at=request_time(request), **form.cleaned_data)
    except PostRefused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect("member", public_id=public_id)
    messages.success(request, _("%(name)s’s post ends; it can be undone under “Left”.") % {"name": row.user.name})
    # Who ends their own last post here has no page here any more.
    still = Membership.objects.filter(school=row.school, user=person(request)).exclude(pk=row.pk).exists()
    return redirect("people") if still or row.user_id != request.user.pk else redirect(localized("/desk/"))


@require_POST
@school_door("head")
def member_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo an end."""
    row = _member(request, public_id)
    try:
        restore_membership(membership=row, by=person(request), at=request_time(request))
        messages.success(request, _("%(name)s holds the post again.") % {"name": row.user.name})
    except PostRefused as refusal:
        messages.error(request, str(refusal.reason))
    return redirect("people")


@require_POST
@school_door("head")
def member_reset(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reset code for somebody of this school who forgot the password."""
    row = _member(request, public_id)
    try:
        code = make_reset_code(person=row.user, by=person(request), at=request_time(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("member", public_id=public_id)
    return redirect("reset_sheet", public_id=code.public_id)

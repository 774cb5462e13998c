"""Posts at the association: who holds them, given and ended by the system administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenants.actions.accounts import AccountRefused, make_reset_code
from tenants.actions.invitations import invite
from tenants.actions.posts import PostRefused, end_post, grant_post
from tenants.clock import request_day, request_time
from tenants.doors import association_door, person
from tenants.forms.people import GrantPost
from tenants.frames import page
from tenants.models import AssociationPost, AssociationRole, InvitationKind, User, in_force
from tenants.queries import open_invitations


@require_http_methods(["GET", "POST"])
@association_door("system_admin", "security_admin")
def posts_list(request: HttpRequest) -> HttpResponse:
    """Who holds which post; the system administrator gives one, to somebody known or by invitation."""
    may_change = AssociationRole.SYSTEM_ADMIN in request.association_roles  # type: ignore[attr-defined]
    form = GrantPost(
        request.POST if request.method == "POST" and may_change else None, initial={"starts_on": request_day(request)}
    )
    if form.is_bound and form.is_valid():
        response = _grant(request, form)
        if response:
            return response
    day = request_day(request)
    rows = AssociationPost.objects.filter(in_force(day)).select_related("user").order_by("role", "user__name")
    context = {"form": form, "rows": rows, "may_change": may_change, "day": day, "last_admin": _last_admin(rows)}
    context["invitations"] = (
        open_invitations(request_time(request)).filter(kind=InvitationKind.POST) if may_change else []
    )
    return page(request, "tenants/posts_list.html", [(_("Posts"), "")], status=422 if form.errors else None, **context)


def _last_admin(rows: object) -> bool:
    held = [row for row in rows if row.role == AssociationRole.SYSTEM_ADMIN]  # type: ignore[attr-defined]
    return len(held) == 1


def _grant(request: HttpRequest, form: GrantPost) -> HttpResponse | None:
    given, by, at = dict(form.cleaned_data), person(request), request_time(request)
    account = given.pop("account")
    if not account:
        row = invite(kind=InvitationKind.POST, by=by, at=at, **given)
        return redirect("invitation_sheet", public_id=row.public_id)
    known = User.objects.filter(account=account, is_active=True).first()
    if known is None:
        form.add_error("account", _("Nobody has this account name."))
        return None
    try:
        grant_post(user=known, role=given["role"], starts_on=given["starts_on"], by=by, at=at)
    except PostRefused as refusal:
        form.add_error("role", str(refusal.reason))
        return None
    label = AssociationRole(given["role"]).label
    messages.success(request, _("%(name)s is %(role)s now.") % {"name": known.name, "role": label})
    return redirect("office_people")


@require_POST
@association_door("system_admin")
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post with today."""
    row = get_object_or_404(AssociationPost.objects.select_related("user"), pk=pk, ends_on=None)
    try:
        end_post(post=row, ends_on=request_day(request), by=person(request), at=request_time(request))
        messages.success(request, _("%(name)s’s post ends today.") % {"name": row.user.name})
    except PostRefused as refusal:
        messages.error(request, str(refusal.reason))
    return redirect("office_people")


@require_POST
@association_door("security_admin")
def post_holder_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A reset code for somebody with a post at the association."""
    row = get_object_or_404(AssociationPost.objects.select_related("user"), pk=pk)
    try:
        made = make_reset_code(person=row.user, by=person(request), at=request_time(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("office_people")
    return redirect("reset_sheet", public_id=made.public_id)

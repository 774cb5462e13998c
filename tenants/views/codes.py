"""Pages that a code opens: an invitation, a new password."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tenants.actions import accounts, invitations
from tenants.clock import local_day, request_time
from tenants.doors import person, public_door, signed_in
from tenants.forms.contacts import NewPassword
from tenants.forms.signin import NewAccount, TypedCode
from tenants.models import Invitation, InvitationKind, ResetCode, User
from tenants.offers import offer_of
from tenants.signin.codes import code_hash, plain_code
from tenants.signin.doors import first_door
from tenants.signin.limits import count_wrong_code, too_many_codes
from tenants.signin.paths import localized


@never_cache
@require_http_methods(["GET", "POST"])
@public_door
def code_type(request: HttpRequest) -> HttpResponse:
    """Where a printed code is typed, of an invitation or for a new password."""
    form = TypedCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_many_codes(request):
            return render(request, "429.html", status=429)
        code, at = form.cleaned_data["code"], request_time(request)
        if _open_invitation(code, at):
            return redirect("invitation_show", code=code)
        if _open_reset(code, at):
            return redirect("reset_use", code=code)
        count_wrong_code(request)
        form.add_error("code", _("This code opens nothing: it has a slip, was used, was taken back or is too old."))
    return render(request, "tenants/code_type.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@public_door
def invitation_show(request: HttpRequest, code: str) -> HttpResponse:
    """What is offered, and two ways to take it: with a new account (the form here), or signed in."""
    if too_many_codes(request):
        return render(request, "429.html", status=429)
    invitation = _open_invitation(code, request_time(request))
    if invitation is None:
        return _spent(request)
    posted = request.method == "POST" and not request.user.is_authenticated
    form = NewAccount(request.POST if posted else None, initial={"name": invitation.name})
    if posted and form.is_valid():
        response = _open_account(request, invitation, form)
        if response:
            return response
    context = {"form": form, "invitation": invitation, "offer": offer_of(invitation), "code": plain_code(code)}
    return render(request, "tenants/invitation_show.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@signed_in
def invitation_accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take what is offered with the account that is signed in."""
    invitation = _open_invitation(code, request_time(request))
    if invitation is None:
        return _spent(request)
    user = person(request)
    try:
        invitations.accept_invitation(invitation=invitation, by=user, at=request_time(request))
    except invitations.InvitationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("invitation_show", code=code)
    return redirect(_place_of(invitation, user, request_time(request)))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@public_door
def reset_use(request: HttpRequest, code: str) -> HttpResponse:
    """Set a new password with a code that the head or the secretary gave."""
    if too_many_codes(request):
        return render(request, "429.html", status=429)
    found = _open_reset(code, request_time(request))
    if found is None:
        return _spent(request)
    form = NewPassword(request.POST or None)
    form.password_owner = lambda: found.user  # type: ignore[method-assign]
    if request.method == "POST" and form.is_valid():
        accounts.use_reset_code(code=found, password=form.cleaned_data["password1"], at=request_time(request))
        messages.success(request, _("The new password is set. Sign in with it."))
        return redirect("account_login")
    context = {"form": form, "person": found.user}
    return render(request, "tenants/reset_use.html", context, status=422 if form.errors else 200)


def _spent(request: HttpRequest) -> HttpResponse:
    count_wrong_code(request)
    return render(request, "tenants/code_spent.html", status=404)


def _open_account(request: HttpRequest, invitation: Invitation, form: NewAccount) -> HttpResponse | None:
    at, given = request_time(request), form.cleaned_data
    try:
        user = accounts.open_account(
            invitation=invitation, account=given["account"], name=given["name"], password=given["password1"], at=at
        )
    except accounts.AccountRefused as refusal:
        form.add_error("account", str(refusal))
        return None
    except invitations.InvitationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    get_adapter().login(request, user)
    return redirect(_place_of(invitation, user, at))


def _place_of(invitation: Invitation, user: User, at: datetime) -> str:
    school = invitation.school
    if invitation.kind == InvitationKind.MEMBERSHIP and school is not None and invitation.starts_on <= local_day(at):
        return f"{school.url}{localized('/desk/')}"
    return first_door(user, at)


def _open_invitation(code: str, at: datetime) -> Invitation | None:
    found = Invitation.objects.filter(code_hash=code_hash(invitations.PURPOSE, code), accepted_at=None, revoked_at=None)
    return found.filter(expires_at__gt=at).select_related("school", "made_by").first()


def _open_reset(code: str, at: datetime) -> ResetCode | None:
    found = ResetCode.objects.filter(code_hash=code_hash(accounts.PURPOSE, code), used_at=None, revoked_at=None)
    return found.filter(expires_at__gt=at).select_related("user").first()

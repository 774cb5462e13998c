"""A person's own page: contact details, sign-ins, second step, posts and seats over all hosts."""

from allauth.core.internal import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenants.actions.accounts import AccountRefused, change_contacts
from tenants.actions.mail_change import ask_mail_change
from tenants.actions.signins import end_other_sign_ins
from tenants.clock import request_day, request_time
from tenants.doors import person, signed_in
from tenants.forms.people import OwnContacts
from tenants.frames import page
from tenants.models import AssociationPost, SignIn, in_force
from tenants.queries import live_sign_ins, memberships_of
from tenants.signin.doors import standings
from tenants.signin.sessions import SIGN_IN


@require_http_methods(["GET", "POST"])
@signed_in
def account_show(request: HttpRequest) -> HttpResponse:
    """Everything about oneself; the form changes name, phone and e-mail."""
    user = person(request)
    form = OwnContacts(request.POST or None, initial={"name": user.name, "phone": user.phone, "email": user.email})
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, app="allauth.account", action="contact"):
            return render(request, "429.html", status=429)
        try:
            _save(request, **form.cleaned_data)
            return redirect("own_account")
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
    day = request_day(request)
    context = {
        "form": form, "memberships": memberships_of(user, day), "standings": standings(user, day),
        "posts": AssociationPost.objects.filter(in_force(day), user=user).order_by("role"),
        "sign_ins": live_sign_ins(user, request_time(request)), "current": request.session.get(SIGN_IN),
        "second_step": is_mfa_enabled(user),
    }  # fmt: skip
    return page(
        request, "tenants/account.html", [(_("My account"), "")], status=422 if form.errors else None, **context
    )


def _save(request: HttpRequest, *, name: str, phone: str, email: str) -> None:
    user, at = person(request), request_time(request)
    change_contacts(user=user, name=name, phone=phone, by=user, at=at)
    if email == user.email:
        messages.success(request, _("Saved."))
        return
    ask_mail_change(user=user, email=email, by=user, at=at)
    if user.email:
        messages.success(
            request, _("Saved. The e-mail address changes when both the old and the new one have confirmed.")
        )
    else:
        messages.success(request, _("Saved. The e-mail address holds once it is confirmed: a mail is on its way."))


@require_POST
@signed_in
def sign_in_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End one sign-in of one's own, on all its hosts."""
    user = person(request)
    row = get_object_or_404(SignIn, public_id=public_id, user=user, ended_at=None)
    end_other_sign_ins(user=user, session=request.session, by=user, at=request_time(request), only=row)
    messages.success(request, _("That sign-in is ended."))
    return redirect("own_account")


@require_POST
@signed_in
def sign_ins_end_others(request: HttpRequest) -> HttpResponse:
    """End all sign-ins but this one."""
    user = person(request)
    count = end_other_sign_ins(user=user, session=request.session, by=user, at=request_time(request))
    messages.success(request, _("Ended elsewhere: %(count)s.") % {"count": count})
    return redirect("own_account")

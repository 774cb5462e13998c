"""The page behind the links that confirm a new e-mail address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tenants.actions.accounts import AccountRefused
from tenants.actions.mail_change import confirm_mail_change, mail_change_of
from tenants.clock import request_time
from tenants.doors import public_door
from tenants.signin.limits import count_wrong_code, too_many_codes


@never_cache
@require_http_methods(["GET", "POST"])
@public_door
def mail_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """A button, because mail programs open links by themselves."""
    if too_many_codes(request):
        return render(request, "429.html", status=429)
    at = request_time(request)
    change = mail_change_of(code, at)
    if change is None:
        count_wrong_code(request)
        return render(request, "tenants/code_spent.html", status=404)
    if request.method == "GET":
        return render(request, "tenants/mail_confirm.html", {"change": change})
    try:
        change = confirm_mail_change(change=change, code=code, at=at)
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("account_login")
    if change.done_at:
        messages.success(request, _("Your e-mail address has changed."))
    else:
        messages.success(
            request, _("Confirmed. The other address has got a mail too; it changes when both have confirmed.")
        )
    return redirect("own_account" if request.user.is_authenticated else "account_login")

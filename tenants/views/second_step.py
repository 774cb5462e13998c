"""Switching the second step on and off: allauth's pages, with what the portal adds to them.

The doors are public because allauth's own views ask for the sign-in and for the password once more; a person whose post
asks for the second step must come in here before every other door.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.actions.second_step import drop_second_step, prove_second_step
from tenants.actions.security import record_event
from tenants.clock import request_time
from tenants.doors import person, public_door
from tenants.models import SecurityAction


class _Activate(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        """The code that switched it on is used; this sign-in has proved the second step."""
        request, user = self.request, person(self.request)
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            code, at = form.cleaned_data["code"], request_time(request)
            prove_second_step(session=request.session, user=user, code=code, at=at)
        return response


class _Deactivate(DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        """All other sign-ins end with it."""
        request, user = self.request, person(self.request)
        drop_second_step(user=user, session=request.session, by=user, at=request_time(request))
        get_adapter().send_notification_mail("mfa/email/totp_deactivated", user)
        messages.success(request, _("The second step is off. You are signed out everywhere else."))
        return HttpResponseRedirect(reverse("mfa_index"))


class _Generate(GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Written down: earlier codes stop working."""
        response: HttpResponse = super().form_valid(form)
        user, at = person(self.request), request_time(self.request)
        record_event(action=SecurityAction.RECOVERY_MADE, user=user, at=at)
        return response


_activate, _deactivate = _Activate.as_view(), _Deactivate.as_view()
_generate = reauthentication_required(app="allauth.mfa")(_Generate.as_view())


@require_http_methods(["GET", "POST"])
@public_door
def second_step_activate(request: HttpRequest) -> HttpResponseBase:
    """Scan the code, type six digits, get recovery codes."""
    response: HttpResponseBase = _activate(request)
    return response


@require_http_methods(["GET", "POST"])
@public_door
def second_step_deactivate(request: HttpRequest) -> HttpResponseBase:
    """Switch it off, after proving it once more."""
    response: HttpResponseBase = _deactivate(request)
    return response


@require_http_methods(["GET", "POST"])
@public_door
def recovery_codes_make(request: HttpRequest) -> HttpResponseBase:
    """New recovery codes; earlier ones stop working."""
    response: HttpResponseBase = _generate(request)
    return response

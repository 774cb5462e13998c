"""The six digits, or a recovery code."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from tenants.actions.second_step import spend_code
from tenants.clock import request_time


class _SpendsCode:
    """Instead of allauth's check: a code is used once, under a lock, and a wrong one is written down."""

    def clean_code(self) -> str:
        """The code, used up. At most ten wrong ones in ten minutes for one person."""
        user, code = self.user, self.cleaned_data["code"]  # type: ignore[attr-defined]
        key = f"second-step:{user.pk}"
        if not ratelimit.consume(context.request, app="allauth.account", action="login_failed", key=key):
            raise get_account_adapter().validation_error("too_many_login_attempts")
        found = spend_code(user=user, code=code, at=request_time(context.request))
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        found.user = user
        self.authenticator = found
        ratelimit.clear(context.request, app="allauth.account", action="login_failed", key=key)
        return str(code)


class SecondStepForm(_SpendsCode, AuthenticateForm):
    """At sign-in."""


class SecondStepAgainForm(_SpendsCode, ReauthenticateForm):
    """Once more, before something that matters."""

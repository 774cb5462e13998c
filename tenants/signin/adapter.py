"""What allauth asks us: who may sign up (nobody), where to go, what a sign-in and a sign-out mean for all hosts."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tenants.actions.security import record_event
from tenants.actions.signins import begin_sign_in, end_other_sign_ins, end_sign_in
from tenants.clock import request_time
from tenants.models import SecurityAction, User
from tenants.signin.backend import person_named
from tenants.signin.doors import first_door
from tenants.signin.limits import consume_attempt, remember_browser
from tenants.signin.origin import client_address
from tenants.signin.paths import is_path


class AccountAdapter(DefaultAccountAdapter):
    """The association's host is where people sign in; schools' hosts take them over by ticket."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Name and password do not belong together."),
        "too_many_login_attempts": _("Too many wrong passwords. Try again in ten minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts come by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address, by our own rule for proxies."""
        return client_address(request) or "0.0.0.0"  # noqa: S104  a label for counts

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this host."""
        return is_path(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The school's desk for a person of one school, else the association's."""
        return first_door(cast("User", request.user), request_time(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; refuse when there were too many, whatever the password."""
        login = str(credentials.get("username") or "")
        self._login_failed_rl_usage = consume_attempt(request, login)
        if not self._login_failed_rl_usage:
            self._note(request, SecurityAction.SIGN_IN_LIMITED, login)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write it down; what was typed as a name is kept only when it is one (people type passwords there)."""
        self._note(request, SecurityAction.SIGN_IN_FAILED, str(credentials.get("username") or ""))

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session of this host and the sign-in that all hosts share."""
        super().login(request, user)
        stepped = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        begin_sign_in(session=request.session, user=user, at=request_time(request), second_step=stepped)
        remember_browser(request, user)

    def logout(self, request: HttpRequest) -> None:
        """End the sign-in on all hosts."""
        end_sign_in(session=request.session, by=request.user, at=request_time(request))
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other sign-in of the person."""
        super().set_password(user, password)
        at = request_time(self.request)
        end_other_sign_ins(user=user, session=self.request.session, by=user, at=at)
        record_event(action=SecurityAction.PASSWORD_SET, user=user, at=at)

    def _note(self, request: HttpRequest, action: SecurityAction, login: str) -> None:
        person = person_named(login)
        record_event(action=action, user=person, at=request_time(request), succeeded=False, known=bool(person))

"""Proving once more who one is, at the moment of a signature: the password, and the second step where it is switched on."""

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tenants.actions.second_step import spend_code
from tenants.actions.security import record_event
from tenants.models import SecurityAction, User
from tenants.verdicts import Allowed, Refused, Verdict


def asks_for_code(user: User) -> bool:
    """Whether the person has switched the second step on."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def prove_person(*, request: HttpRequest, user: User, password: str, code: str, at: datetime) -> Verdict:
    """Whether the password, and the code where one is asked for, are right. A wrong one is written down; at most ten a
    minute for one person, the right ones not counted: a head may sign a whole month's filings in one go. A code is used
    up only when the password was right."""
    kwargs: dict[str, Any] = {"app": "allauth.account", "action": "reauthenticate", "user": user}
    # Counted before it is looked at, so that guesses sent side by side are counted too; given back when it was right.
    counted = ratelimit.consume(request, **kwargs)
    if not counted:
        return Refused(_("Too many tries. Wait a minute."))
    verdict = _proved(user=user, password=password, code=code, at=at)
    if isinstance(verdict, Allowed):
        counted.rollback()
    return verdict


def _proved(*, user: User, password: str, code: str, at: datetime) -> Verdict:
    if not user.has_usable_password():
        return Refused(_("Your account has no password here. Set one first, or let the stamped scan be filed."))
    if not user.check_password(password):
        record_event(action=SecurityAction.PROOF_FAILED, user=user, at=at, succeeded=False)
        return Refused(_("The password is not right."))
    if asks_for_code(user) and spend_code(user=user, code=code.strip(), at=at) is None:
        return Refused(_("The code of the second step is not right, or was used already."))
    return Allowed()

"""The second step: who must use it, which codes are right, and how its secrets are kept."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, Value
from django.http import HttpRequest

from tenants.kept_secrets import cipher
from tenants.models import AssociationPost, in_force

#: Where the second step is switched on.
ENROLMENT = "/accounts/2fa/totp/activate/"
#: The word of the setting for people with a seat in an upper room.
SEAT = "seat"
_ENROLMENT_PATHS = re.compile(r"(?:/[a-z]{2})?/accounts/")
_holders: list[Callable[[Any, Any], Exists]] = []


def register_holders(source: Callable[[Any, Any], Exists]) -> None:
    """For upper rooms: whether a person (an outer reference) holds a seat on a day (an expression)."""
    if source not in _holders:
        _holders.append(source)


def second_step_asked(person: Any, today: Any) -> Any:
    """An expression: does a post or seat that `person` holds `today` ask for the second step (the setting says which)?"""
    required = settings.SECOND_STEP_REQUIRED_FOR
    asked = Q()
    if roles := [role for role in required if role != SEAT]:
        asked |= Q(Exists(AssociationPost.objects.filter(in_force(today), user=person, role__in=roles)))
    if SEAT in required:
        for holders in _holders:
            asked |= Q(holders(person, today))
    return ExpressionWrapper(asked, BooleanField()) if asked else Value(False)


def second_step_due(request: HttpRequest) -> bool:
    """True for somebody who has typed the password and whose post asks for more; asks who it is."""
    bool(request.user.is_authenticated)
    return getattr(request, "second_step_due", False)


def is_enrolment(request: HttpRequest) -> bool:
    """True for the pages of the sign-in itself, where a person counts as signed in before the second step."""
    on_association = request.school is None  # type: ignore[attr-defined]
    return on_association and bool(_ENROLMENT_PATHS.match(request.path_info))


def matching_counter(secret: str, code: str) -> int | None:
    """The half minute to which a code belongs, of those that are accepted now; None for a wrong code."""
    counters: Iterator[int] = yield_hotp_counters_from_time()
    for counter in counters:
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of authenticators are kept encrypted: a copy of the database alone makes no codes."""

    def encrypt(self, text: str) -> str:
        """Ciphertext under a key of SECRET_KEY."""
        return cipher("second step").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; raises InvalidToken when SECRET_KEY changed without SECRET_KEY_FALLBACKS."""
        return cipher("second step").decrypt(encrypted_text.encode()).decode()

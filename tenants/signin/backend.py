"""Who a typed name and password belong to: by account name, mobile phone or e-mail."""

import re
import unicodedata
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Q
from django.http import HttpRequest

from tenants.models import User

_PHONE_FILLING = re.compile(r"[\s\-()（）]")


def plain_phone(typed: str) -> str:
    """A mobile number as it is stored: digits only, full-width and +86 undone; other countries keep their plus."""
    digits = _PHONE_FILLING.sub("", unicodedata.normalize("NFKC", typed))
    return re.sub(r"^(?:\+|00)86(?=1\d{10}$)", "", digits)


def plain_account(typed: str) -> str:
    """An account name as it is stored: NFKC, small letters, no blanks at the ends."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def person_named(login: str) -> User | None:
    """The person who signs in with `login`: exact account name first, then phone, then e-mail. One query."""
    account, phone = plain_account(login), plain_phone(login)
    if not account:
        return None
    found = list(User.objects.filter(Q(account=account) | Q(phone=phone) | Q(email__iexact=account))[:5])
    by_account = [user for user in found if user.account == account]
    by_phone = [user for user in found if user.phone and user.phone == phone]
    return next(iter([*by_account, *by_phone, *found]), None)


class AnyNameBackend(AuthenticationBackend):
    """allauth's backend, asking our own register. An unknown name costs as much time as a wrong password."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        login = str(credentials.get("username") or "")
        found: User | None = self._check_password(person_named(login), credentials.get("password") or "")
        return found

"""How a program shows its key: `Authorization: Bearer hq_…`, on the host of the school the key belongs to."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from committees.keys.actions import note_use
from committees.keys.models import ApiKey
from committees.keys.queries import key_shown
from tenants.clock import request_day, request_time

WRONG = "No such key is in force at this school."


class KeyAuthentication(BaseAuthentication):
    """A key stands for the school, not for a person."""

    def authenticate(self, request: Request) -> tuple[Any, ApiKey] | None:
        """The key shown; None without one; 401 for one that opens nothing here."""
        header = get_authorization_header(request).decode("latin-1").split(" ")
        if header[0].lower() != "bearer":
            return None
        # A broken header counts like a wrong key: neither says what a right one looks like.
        key = key_shown(header[1], request_day(request._request)) if len(header) == 2 else None
        if key is None:
            raise AuthenticationFailed(WRONG)
        note_use(key=key, at=request_time(request._request))
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        """Makes a refusal a 401 and not a 403."""
        return "Bearer"


class ScopeShown(BasePermission):
    """The view's `scope` is among the key's."""

    message = "This key does not open this address; a head may make one that does."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Without a key: 401; with one that lacks the scope: 403."""
        return isinstance(request.auth, ApiKey) and view.scope in request.auth.scopes

"""From a school's host to the association's sign-in and back: the nonce that ties the way to one browser."""

import hashlib
import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from tenants.signin.origin import plain_host
from tenants.signin.paths import localized

NONCE_SECONDS = 1800
_NONCE = re.compile(r"[A-Za-z0-9_-]{43}")
_CHALLENGE = re.compile(r"[0-9a-f]{64}")


def leave_for_entry(request: HttpRequest, path: str) -> HttpResponse:
    """Send the browser to the association, with a nonce left in it; `path` is where it wants to come back to.

    A nonce that is there already stays, so that two tabs do not undo each other. Only its hash travels: who sees or
    makes the address cannot make the cookie, so nobody can be signed in by a foreign ticket.
    """
    nonce = request.COOKIES.get(settings.ENTRY_COOKIE_NAME, "")
    if not _NONCE.fullmatch(nonce):
        nonce = secrets.token_urlsafe(32)
    query = {"school": request.school.code, "challenge": sha256(nonce), "next": path}  # type: ignore[attr-defined]
    if plain_host(request) != request.school.host:  # type: ignore[attr-defined]
        query["host"] = plain_host(request)
    response = HttpResponseRedirect(f"{settings.ASSOCIATION_URL}{localized('/accounts/enter/')}?{urlencode(query)}")
    response.set_cookie(
        settings.ENTRY_COOKIE_NAME, nonce, max_age=NONCE_SECONDS, path="/", httponly=True, samesite="Lax",
        secure=settings.HOST_COOKIES,
    )  # fmt: skip
    return response


def challenge_in(request: HttpRequest) -> str:
    """The challenge that the browser's own nonce answers; empty when it has none."""
    nonce = request.COOKIES.get(settings.ENTRY_COOKIE_NAME, "")
    return sha256(nonce) if _NONCE.fullmatch(nonce) else ""


def is_challenge(text: str) -> bool:
    """True for the form of a challenge (64 hexadecimal digits)."""
    return bool(_CHALLENGE.fullmatch(text))


def sha256(text: str) -> str:
    """SHA-256 in hex, enough for random values of 32 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()

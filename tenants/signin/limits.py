"""How often a password may be wrong, without ever shutting out a school that shares one address.

Counted per person and per address. A browser that a person has signed in with before carries a signed cookie: it has a
count of its own and is not touched by the address's. When an address has used up its guesses, every name still has two
in ten minutes from there: so an attacker inside the school's network slows himself down to two guesses a name, and the
school's people, also those with a new browser, come in (docs/decisions/0031).
"""

import secrets

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from tenants.models import User
from tenants.signin.backend import person_named, plain_account
from tenants.signin.origin import client_address

_SALT = "known-browser"
KNOWN_SECONDS = 90 * 24 * 3600


def consume_attempt(request: HttpRequest, login: str) -> ratelimit.RateLimitUsage | None:
    """Count one attempt; None when there were too many. Give it back (`rollback`) when the password was right."""
    person = person_named(login)
    name = f"user:{person.pk}" if person else f"name:{plain_account(login)[:100]}"
    device = _known_device(request, person)
    usage = _consume(request, "login_failed", f"{name}:{device}")
    if not usage or device:
        return usage
    address = client_address(request) or ""
    from_address = _consume(request, "login_failed_from", address)
    if not from_address:
        # The address has used up its guesses, which may be one person's doing: each name still has two of its own.
        from_address = _consume(request, "login_failed_here", f"{address}:{name}")
    if not from_address:
        usage.rollback()
        return None
    return ratelimit.RateLimitUsage([*usage.usage, *from_address.usage])


def remember_browser(request: HttpRequest, user: User) -> None:
    """Mark this browser as one the person has used; the cookie goes out with the response."""
    request.known_browser = signing.dumps([user.pk, secrets.token_hex(8)], salt=_SALT)  # type: ignore[attr-defined]


def write_known_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Send the mark made by `remember_browser`, if there is one."""
    if value := getattr(request, "known_browser", None):
        response.set_cookie(
            settings.KNOWN_COOKIE_NAME, value, max_age=KNOWN_SECONDS, path="/", httponly=True, samesite="Lax",
            secure=settings.HOST_COOKIES,
        )  # fmt: skip


def too_many_codes(request: HttpRequest) -> bool:
    """True when this address has shown too many codes that open nothing; then no code is looked at."""
    return not ratelimit.consume(request, app="allauth.account", action="code", limit_get=True, dry_run=True)


def count_wrong_code(request: HttpRequest) -> None:
    """Count one code that opens nothing. Right ones are not counted: a whole office may accept behind one address."""
    ratelimit.consume(request, app="allauth.account", action="code", limit_get=True)


def _consume(request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage | None:
    usage: ratelimit.RateLimitUsage | None = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    return usage


def _known_device(request: HttpRequest, person: User | None) -> str:
    cookie = request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "")
    try:
        pk, device = signing.loads(cookie, salt=_SALT, max_age=KNOWN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(device) if person and pk == person.pk else ""

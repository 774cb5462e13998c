"""Where a request comes from (host and address), for the security log, without handing the request to actions."""

from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Origin:
    """Host that was asked and address that asked; both empty outside a request."""

    host: str = ""
    address: str | None = None
    agent: str = ""


NOBODY = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=NOBODY)


def current_origin() -> Origin:
    """Where the request at hand comes from."""
    return _current.get()


def remember_origin(request: HttpRequest) -> None:
    """Called once per request, at the door."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:200]
    _current.set(Origin(plain_host(request), client_address(request), agent))


def forget_origin() -> None:
    """Called when the request is done."""
    _current.set(NOBODY)


def plain_host(request: HttpRequest) -> str:
    """The host that was asked, in small letters, without port."""
    return request.get_host().rsplit(":", 1)[0].lower()


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address: behind PROXY_COUNT proxies of ours the one they saw, never what a visitor claims."""
    address = request.META.get("REMOTE_ADDR", "")
    count = settings.PROXY_COUNT
    if count:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        address = chain[-count] if len(chain) >= count else address
    try:
        return str(ip_address(address))
    except ValueError:
        return None

"""A school's own domain in the policy of the sign-in's forms: the chain that a form begins may end there."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tenants.hosts import place_of

#: Where allauth keeps the way back while it asks for the second step.
_STAGED = "account_login"


def allow_way_back(request: HttpRequest, response: HttpResponse) -> None:
    """Chromium follows a form's answer only to hosts that `form-action` lists; the base domain's stand there always.

    Only a host that an open school has, and only on the pages of a way that began there: the policy names no others.
    """
    if request.school is not None or not response.headers.get("Content-Type", "").startswith("text/html"):  # type: ignore[attr-defined]
        return
    hosts = sorted({host for address in _ways(request) if (host := _own_host(address))})
    if hosts:
        addresses = [f"{settings.SCHEME}://{host}{settings.PORT_SUFFIX}" for host in hosts]
        response._csp_update = {"form-action": addresses}  # type: ignore[attr-defined]


def _ways(request: HttpRequest) -> Iterator[str]:
    """The addresses to which the forms of this page may lead on."""
    yield request.GET.get("next", "")
    if request.method == "POST":
        yield request.POST.get("next", "")
    staged = request.session.get(_STAGED) if "/accounts/" in request.path else None
    yield str(staged.get("redirect_url") or "") if isinstance(staged, dict) else ""


def _own_host(address: str) -> str:
    """The own domain of an open school to which the entry leads, else nothing."""
    try:
        host = parse_qs(urlsplit(address).query).get("host", [""])[0].lower()
    except ValueError:
        return ""
    if not host or host == settings.BASE_DOMAIN or host.endswith(f".{settings.BASE_DOMAIN}"):
        return ""
    place = place_of(host)
    return host if place.school is not None and place.canonical is None else ""

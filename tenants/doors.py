"""Who may open a page: one decorator on every view. `view.door` says which, for tests/access/ and for readers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_htmx.http import HttpResponseClientRedirect

from tenants.actions.security import record_event
from tenants.clock import request_time
from tenants.models import AssociationRole, SchoolRole, SecurityAction, User
from tenants.signin.entry import leave_for_entry
from tenants.signin.keeping import keep_form, write_kept_cookie
from tenants.signin.origin import plain_host
from tenants.signin.paths import localized, path_or
from tenants.signin.second_step import ENROLMENT, second_step_due

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """What a view asks for. `place`: public, signed_in, school, association, or a word of an upper room (committee)."""

    place: str
    roles: tuple[str, ...] = ()


def person(request: HttpRequest) -> User:
    """Who is signed in, behind a door that asked for it."""
    return cast("User", request.user)


def public_door(view: View) -> View:
    """Everybody may come in."""
    return _marked(view, Door("public"))


def signed_in(view: View) -> View:
    """Anybody who is signed in, on whatever host (a school's host: members of the school only)."""
    return _closed(view, Door("signed_in"), lambda request, **_: None)


def school_door(*roles: str) -> Callable[[View], View]:
    """A school's page for members with one of `roles`; without roles, for every member.

    A signed-in person who is no member gets the page of an unknown address; a member without the role a reason (403).
    """
    door = Door("school", tuple(SchoolRole(role) for role in roles))

    def judge(request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        held: frozenset[str] = request.roles  # type: ignore[attr-defined]
        if not door.roles or held & frozenset(door.roles):
            return None
        return refuse(request, _("This page is for: %(roles)s.") % {"roles": _named(SchoolRole, door.roles)})

    return lambda view: _closed(view, door, judge)


def association_door(*roles: str) -> Callable[[View], View]:
    """An association's page for people with one of `roles` of AssociationRole.

    A person without any post at the association gets the page of an unknown address; with another post a reason (403).
    """
    door = Door("association", tuple(AssociationRole(role) for role in roles))

    def judge(request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        held: frozenset[str] = request.association_roles  # type: ignore[attr-defined]
        if held & frozenset(door.roles):
            return None
        if not held:
            raise Http404
        return refuse(request, _("This page is for: %(roles)s.") % {"roles": _named(AssociationRole, door.roles)})

    return lambda view: _closed(view, door, judge)


def custom_door(door: Door, judge: Callable[..., HttpResponse | None]) -> Callable[[View], View]:
    """For upper rooms: signed-in people whom `judge(request, **kwargs)` lets in (None), refuses (a response) or
    does not know (Http404)."""
    return lambda view: _closed(view, door, judge)


def refuse(request: HttpRequest, reason: str | Promise) -> HttpResponse:
    """The page that says why not (403)."""
    at, school = request_time(request), request.school  # type: ignore[attr-defined]
    record_event(
        action=SecurityAction.ACCESS_REFUSED, user=request.user, at=at, school=school, succeeded=False,
        path=request.path[:200], method=request.method,
    )  # fmt: skip
    return render(request, "tenants/refused.html", {"reason": reason}, status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead somebody who is not signed in to the one sign-in page, and back here afterwards."""
    came_from = request.get_full_path() if request.method in {"GET", "HEAD"} else _path_behind(request)
    path = path_or(came_from, localized("/desk/"))
    if kept := keep_form(request, path):
        response = to_sign_in_for(request, f"/kept/{kept.public_id}/")
        write_kept_cookie(response, kept)
        return response
    return to_sign_in_for(request, path)


def to_second_step(_request: HttpRequest | None = None) -> HttpResponse:
    """Lead somebody whose post asks for the second step to where it is switched on; elsewhere they are nobody yet."""
    return HttpResponseRedirect(f"{settings.ASSOCIATION_URL}{localized(ENROLMENT)}")


def to_sign_in_for(request: HttpRequest, path: str) -> HttpResponse:
    """The way to the one sign-in page and back to `path` on this host."""
    if request.school is not None:  # type: ignore[attr-defined]
        return _led(request, leave_for_entry(request, path))
    login = f"{settings.ASSOCIATION_URL}{localized('/accounts/login/')}"
    return _led(request, HttpResponseRedirect(f"{login}?{urlencode({'next': path})}"))


def _path_behind(request: HttpRequest) -> str:
    """Where a form came from: a POST cannot be repeated after signing in, the page with the form can."""
    behind = urlsplit(request.META.get("HTTP_REFERER", ""))
    if behind.hostname != plain_host(request):
        return ""
    return f"{behind.path}?{behind.query}" if behind.query else behind.path


def _led(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect that htmx follows as a whole page (a fragment cannot be another host's)."""
    if not getattr(request, "htmx", False):
        return response
    led = HttpResponseClientRedirect(response["Location"])
    led.cookies = response.cookies
    return led


def _closed(view: View, door: Door, judge: Callable[..., HttpResponse | None]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if second_step_due(request):
            return _led(request, to_second_step())
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if request.school is not None and not request.roles:  # type: ignore[attr-defined]
            raise Http404
        return judge(request, **kwargs) or view(request, *args, **kwargs)

    return _marked(guarded, door)


def _marked(view: View, door: Door) -> View:
    view.door = door  # type: ignore[attr-defined]
    return view


def _named(kind: Any, roles: tuple[str, ...]) -> str:
    return pgettext("between names", ", ").join(str(kind(role).label) for role in roles)

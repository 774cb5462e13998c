"""The doors of the interface for programs: one decorator on every view, as tenants/doors.py is for pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page
from rest_framework.decorators import api_view
from rest_framework.permissions import AllowAny

from committees.keys.authentication import KeyAuthentication, ScopeShown
from committees.keys.throttles import KeyThrottle, PublicThrottle
from tenants.doors import Door

View = Callable[..., Any]


def open_to_programs(view: View) -> View:
    """Everybody may read; answers may be kept for a minute and are asked for again by their ETag."""
    made = _made(view, "", (), (AllowAny,), PublicThrottle, public=True)
    made.door = Door("public")  # type: ignore[attr-defined]
    return made


def key_door(scope: str) -> Callable[[View], View]:
    """On a school's host: programs with a key of this school that has `scope`."""

    def wrap(view: View) -> View:
        made = _made(view, scope, (KeyAuthentication,), (ScopeShown,), KeyThrottle, public=False)
        made.door = Door("key", (scope,))  # type: ignore[attr-defined]
        made.without_door = _made(view, scope, (), (AllowAny,), KeyThrottle, public=False)  # type: ignore[attr-defined]
        return made

    return wrap


def _made(view: View, scope: str, shown: tuple[Any, ...], asked: tuple[Any, ...], limit: Any, *, public: bool) -> View:
    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    made: Any = inner
    made.authentication_classes, made.permission_classes, made.throttle_classes = shown, asked, (limit,)
    api: Any = api_view(["GET"])(made)
    api.cls.scope = scope
    return _kept(api, public=public)


def _kept(api: Any, *, public: bool) -> View:
    """ETag, and how long a copy may be kept."""
    tagged = conditional_page(api)

    @wraps(api)
    def answer(*args: Any, **kwargs: Any) -> Any:
        response = tagged(*args, **kwargs)
        kind: dict[str, Any] = {"public": True, "max_age": 60} if public else {"private": True, "no_cache": True}
        if response.status_code >= 400:
            kind = {"no_store": True}
        # Asked by a browser with a session: portal/headers.py says that nothing is kept.
        if settings.SESSION_COOKIE_NAME not in args[0].COOKIES:
            patch_cache_control(response, **kind)
        patch_vary_headers(response, ("Authorization",) if not public else ())
        return response

    answer.cls = api.cls  # type: ignore[attr-defined]
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer

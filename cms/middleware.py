"""The door of the editors: who comes in where pages are written, and the content policy there."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from cms.access import sync_newsroom
from tenants.clock import request_day
from tenants.doors import to_second_step
from tenants.signin.second_step import second_step_due

EDITOR_DOOR = "/cms/"
#: Wagtail's screens hold inline scripts and styles without a nonce; nothing else in the portal does.
EDITOR_POLICY = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
}


class EditorDoorMiddleware:
    """Under /cms/: lets editors in, and loosens the content policy there and only there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(EDITOR_DOOR) or getattr(request, "school", None) is not None:
            return self.get_response(request)
        if second_step_due(request):
            return to_second_step()
        self._check(request)
        response = self.get_response(request)
        if "Content-Security-Policy" in response.headers:
            # A preview: Wagtail has asked for the page by a request of its own, which took the public policy along. It
            # keeps that policy, but may stand in a frame beside the editor.
            del response.headers["Content-Security-Policy"]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            response._csp_update = EDITOR_POLICY  # type: ignore[attr-defined]
        response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
        return response

    def _check(self, request: HttpRequest) -> None:
        user = request.user
        if not user.is_authenticated:
            return  # Wagtail sends them to our sign-in page.
        standing = sync_newsroom(user, request_day(request))
        # Without this line Wagtail would send a person without rights to the sign-in page, and that one back here.
        if not standing and not user.is_superuser:
            raise PermissionDenied

"""Two doors: the language of an address, and who comes in where pages are written."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation

from cms.access import sync_editor
from tenants.clock import request_time

EDITOR_DOOR = "/cms/"
#: Wagtail's screens hold inline scripts and styles without a nonce; nothing else in the portal does.
EDITOR_POLICY = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
}


class SiteLocaleMiddleware(LocaleMiddleware):
    """The site's language stands in the address, the rooms' language with the browser.

    Django's own would answer every address without a prefix in Chinese as soon as the site's addresses carry one; then
    nobody could work in English at the desk.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of this request."""
        super().process_request(request)
        if getattr(request, "school", None) is None and not _is_site(request.path_info):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()


def _is_site(path: str) -> bool:
    """True for pages of the site and for the editor's screens: those speak the address's language."""
    if path.startswith(EDITOR_DOOR) or translation.get_language_from_path(path):
        return True
    try:
        match = resolve(path, settings.PUBLIC_SCHEMA_URLCONF)
    except Resolver404:
        return False
    return match.namespace == "" and str(match.url_name).startswith(("wagtail_", "site_"))


class EditorDoorMiddleware:
    """Under /cms/: lets editors in, and loosens the content policy there and only there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(EDITOR_DOOR) or getattr(request, "school", None) is not None:
            return self.get_response(request)
        self._check(request)
        response = self.get_response(request)
        response._csp_update = EDITOR_POLICY  # type: ignore[attr-defined]
        return response

    def _check(self, request: HttpRequest) -> None:
        user = request.user
        if not user.is_authenticated:
            return  # Wagtail sends them to our sign-in page.
        is_editor = sync_editor(user, request_time(request).date())
        # Without this line Wagtail would send a person without rights to the sign-in page, and that one back here.
        if not is_editor and not user.is_superuser:
            raise PermissionDenied

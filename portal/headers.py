"""Headers that every answer carries, and who may keep a copy of it."""

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

#: No page of ours asks a browser for any of these.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
EVERYWHERE = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
}
#: Pages differ by the cookies of looks, language and sign-in, and by whether htmx asks for a piece of one.
VARY = ("Cookie", "HX-Request")


class HeadersMiddleware:
    """Stands outside of all that answers. A file's own word about keeping copies goes before this one's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        if is_page(response):
            patch_vary_headers(response, VARY)
            _set_policy(response)
        if is_personal(request, response) and _may_be_kept(response):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ("Cookie",))
        return response


def _may_be_kept(response: HttpResponse) -> bool:
    """Whether a copy may stay behind: in a page never, in a file where its view says nothing about it."""
    said = response.headers.get("Cache-Control", "")
    return "no-store" not in said if is_page(response) else not said


def _set_policy(response: HttpResponse) -> None:
    """The content policy for pages made outside of the middleware that writes it (the database was away)."""
    if "Content-Security-Policy" not in response:
        response["Content-Security-Policy"] = build_policy()


def is_page(response: HttpResponse) -> bool:
    """Whether an answer is a page or a piece of one."""
    return response.headers.get("Content-Type", "").startswith("text/html")


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer belongs to one browser: asked with a session, or handing out a cookie.

    Static files, feeds and evidence say themselves how long they may be kept.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)

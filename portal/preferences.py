"""How one browser wants to see the portal: day or night, and in which language. Kept in two cookies, nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tenants.doors import public_door

THEME_COOKIE = "hq_theme"
THEMES = ("light", "dark", "auto")
_YEAR = 365 * 24 * 60 * 60


def preferences_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `theme` ("light", "dark", "" to follow the machine) and `here`, the way back."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"theme": theme if theme in ("light", "dark") else "", "here": request.get_full_path()}


# Neither view reads a session or changes anything but a cookie of looks, so a foreign form could at most turn on the
# night; in exchange public pages need no token, set no cookie and can be cached.
@csrf_exempt
@require_POST
@public_door
def theme_set(request: HttpRequest) -> HttpResponse:
    """Keep the theme that was asked for, and go back."""
    response = HttpResponseRedirect(_way_back(request))
    theme = request.POST.get("theme", "")
    if theme in ("light", "dark"):
        _keep(response, request, THEME_COOKIE, theme)
    elif theme == "auto":
        response.delete_cookie(THEME_COOKIE)
    return response


@csrf_exempt
@require_POST
@public_door
def language_set(request: HttpRequest) -> HttpResponse:
    """Keep the language that was asked for, and go back to the same page in it."""
    code = request.POST.get("language", "")
    way_back = _way_back(request)
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        return HttpResponseRedirect(way_back)
    response = HttpResponseRedirect(translate_url(way_back, code))
    _keep(response, request, settings.LANGUAGE_COOKIE_NAME, code)
    return response


def _keep(response: HttpResponse, request: HttpRequest, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure())


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"

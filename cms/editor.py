"""The editor's screens where they differ from Wagtail's: the way in, and the words of its scripts."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

from tenants.doors import public_door

#: Our overlay first: it holds what Wagtail's Chinese catalogue lacks.
_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"])


@public_door
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page does not exist: there is one sign-in page for everything."""
    return redirect_to_login(request.GET.get("next") or "/cms/", login_url=settings.LOGIN_URL)


@public_door
def js_catalog_show(request: HttpRequest) -> HttpResponse:
    """The words of the editor's scripts, in the editor's language."""
    return get_localized_response(_catalog, request)

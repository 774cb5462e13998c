"""A sample of views, sound and leaking, on which the judgements are tried."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.http import require_GET

SECRETS = {"00000000-0000-4000-8000-000000000001": "clerk_a", "00000000-0000-4000-8000-000000000002": "clerk_b"}


def members(view):
    """A door: signed-in people of the sample only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseRedirect("/accounts/login/?next=/")
        if request.user.account not in {"clerk_a", "head_a"}:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.door = "members"
    return guarded


def idle(view):
    """A door that asks for nothing although it says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    guarded.door = "members"
    return guarded


@members
def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@idle
def ajar(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no door at all")


@require_GET
@members
def paper(request: HttpRequest, public_id) -> HttpResponse:
    if SECRETS.get(str(public_id)) != "clerk_a":
        raise Http404
    return HttpResponse("paper")


@require_GET
@members
def leak(request: HttpRequest, public_id) -> HttpResponse:
    if str(public_id) not in SECRETS:
        raise Http404
    return HttpResponse("paper") if SECRETS[str(public_id)] == "clerk_a" else HttpResponse("not yours", status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The house's own page reverses addresses that the sample does not have."""
    return HttpResponse("404", status=404)


third_party = [path("x/", require_GET(HttpResponse), name="x")]
urlpatterns = [
    path("closed/", closed, name="closed"),
    path("ajar/", ajar, name="ajar"),
    path("bare/", bare, name="bare"),
    path("paper/<uuid:public_id>/", paper, name="paper"),
    path("leak/<uuid:public_id>/", leak, name="leak"),
    path("foreign/", include(third_party)),
]

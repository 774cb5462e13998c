"""A head's page of keys: list, new key (shown once), revoke."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from committees.keys.actions import make_key, revoke_key
from committees.keys.forms import DAYS, KeyForm
from committees.keys.models import ApiKey, Scope
from committees.keys.queries import keys_here
from tenants.clock import request_day, request_time
from tenants.doors import person, school_door
from tenants.models import School
from tenants.signin.paths import localized
from tenants.standing import stand

PER_PAGE = 20


@school_door("head")
@require_http_methods(["GET", "HEAD", "POST"])
def keys_show(request: HttpRequest) -> HttpResponse:
    """The school's keys; a POST makes one and shows it, this once."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    today, made, secret = request_day(request), None, ""
    if request.method == "POST" and form.is_valid():
        here = {"school": request.school, "by": person(request), "at": request_time(request)}  # type: ignore[attr-defined]
        made, secret = make_key(**here, **form.writing(today))
        form = KeyForm()
    rows = Paginator(keys_here(), PER_PAGE).get_page(request.GET.get("page"))
    stand(request, "keys", (_("To do"), localized("/desk/")), (gettext_lazy("Keys"), ""))
    context: dict[str, Any] = {
        "form": form, "rows": rows, "lines": [(row, _state(row, today), _scopes(row)) for row in rows], "made": made,
        "secret": secret, "scopes": Scope.choices, "days": DAYS, "here": request.build_absolute_uri("/api/v1/filings/"),
        "docs": f"{settings.ASSOCIATION_URL}{localized('/developers/')}",
    }  # fmt: skip
    response = render(request, "keys/keys.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@school_door("head")
@require_POST
def key_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The key opens nothing any more."""
    key = get_object_or_404(ApiKey, public_id=public_id)
    school: School = request.school  # type: ignore[attr-defined]
    revoke_key(school=school, key=key, by=person(request), at=request_time(request))
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("keys")


def _state(key: ApiKey, today: Any) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "over" if key.expires_on < today else "open"


def _scopes(key: ApiKey) -> list[str]:
    return [str(Scope(scope).label) for scope in key.scopes]

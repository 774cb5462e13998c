"""The frame around work pages: plate, rail, crumbs, menu. Upper rooms add their doors to the rail."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.models import AssociationRole as Post
from tenants.signin.paths import localized

Text = str | Promise
_sources: list[Callable[[HttpRequest], Iterable[dict[str, Any]]]] = []


def register_doors(source: Callable[[HttpRequest], Iterable[dict[str, Any]]]) -> None:
    """For upper rooms: groups of doors (`{"label", "doors": [{"label", "href", "icon" | "glyph", "count"}]}`)."""
    if source not in _sources:
        _sources.append(source)


def page(
    request: HttpRequest,
    template: str,
    crumbs: Sequence[tuple[Text, str]] = (),
    status: int | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a work page; `crumbs` are pairs of label and name of an address, the last one without."""
    request.crumbs = [{"label": label, "href": reverse(name) if name else ""} for label, name in crumbs]  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """The frame of this request, in the shape that room.html reads."""
    school = getattr(request, "school", None)
    groups = [
        group
        for group in [*_own_groups(request), *(g for source in _sources for g in source(request))]
        if group["doors"]
    ]
    for group in groups:
        for door in group["doors"]:
            door.setdefault("current", request.path.startswith(door["href"]))
    return {
        "plate": school.name if school else _("The association"),
        "room": "" if school else "assoc",
        "brand_href": localized("/desk/"),
        "groups": groups,
        "person": {"name": getattr(request.user, "name", ""), "links": _person_links(request)},
        "crumbs": getattr(request, "crumbs", []),
    }


def _own_groups(request: HttpRequest) -> list[dict[str, Any]]:
    desk = {"label": _("To do"), "href": localized("/desk/"), "icon": "layout-grid"}
    if getattr(request, "school", None):
        people = {"label": _("People"), "href": reverse("people"), "icon": "users"}
        return [{"label": "", "doors": [desk]}, {"label": _("Our school"), "doors": [people] if request.roles else []}]  # type: ignore[attr-defined]
    held: frozenset[str] = getattr(request, "association_roles", frozenset())
    office = [
        (held & {Post.SECRETARY, Post.SYSTEM_ADMIN}, _("Schools"), "office_schools", "building-community"),
        (held & {Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN}, _("Posts"), "office_people", "id-badge-2"),
        (held & {Post.SECRETARY, Post.SECURITY_ADMIN}, _("Accounts"), "office_accounts", "user"),
        (held & {Post.AUDIT_ADMIN}, _("Security log"), "office_security", "shield-check"),
    ]
    doors = [{"label": label, "href": reverse(name), "icon": icon} for may, label, name, icon in office if may]
    return [{"label": "", "doors": [desk]}, {"label": _("Office"), "doors": doors}]


def _person_links(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"label": _("My account"), "href": f"{settings.ASSOCIATION_URL}{localized('/account/')}", "icon": "user"},
        {"label": _("Sign out"), "href": reverse("sign_out"), "icon": "logout", "post": True},
    ]

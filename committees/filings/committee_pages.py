"""The frame of a committee's pages: its plate, its rail, and one way to render them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.filings.models import Filing
from committees.roster.doors import Standing
from committees.roster.models import Committee
from tenants.clock import request_time
from tenants.frames import frame_of

Text = str | Promise
TO_CHECK = ("filed", "taken_up")


def committee_page(
    request: HttpRequest, template: str, *, door: str, crumbs: Sequence[tuple[Text, str]] = (), status: int | None = None,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """Render a page of the committee in `request.standing`. `door` is the one of the rail one stands at; `crumbs` are
    pairs of label and address, the last one without."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    waiting = to_check_count(standing.committee)
    frame = {
        **frame_of(request),
        "plate": standing.committee.name,
        "room": standing.committee.room,
        "crumbs": [{"label": label, "href": href} for label, href in crumbs],
        "groups": committee_doors(standing.committee, door, waiting),
    }
    page = {"frame": frame, "committee": standing.committee, "standing": standing, "waiting": waiting, **context}
    return render(request, template, page, status=status)


def to_check_count(committee: Committee) -> int:
    """How many filings wait for the committee."""
    return Filing.objects.filter(call__committee=committee, state__in=TO_CHECK).count()


def committee_doors(committee: Committee, current: str, waiting: int) -> list[dict[str, Any]]:
    """The rail of a committee's workspace."""
    code = {"code": committee.code}
    collect = [
        _door("board", _("Board"), reverse("committee_board", kwargs=code), "table", current),
        _door("check", _("Check"), f"{reverse('committee_board', kwargs=code)}?s=sent", "checklist", current, waiting),
        _door("calls", _("Calls"), reverse("committee_calls", kwargs=code), "send", current),
    ]
    return [
        {"label": "", "doors": [
            {"label": _("To do"), "href": "/desk/", "icon": "layout-grid"},
            _door("room", _("The room"), reverse("committee_room", kwargs=code), "users-group", current),
        ]},
        {"label": _("Collect"), "doors": collect},
        {"label": _("Use"), "doors": [{"label": _("Bulletins"), "href": "/bulletins/", "icon": "report-analytics"}]},
    ]  # fmt: skip


def _door(key: str, label: Text, href: str, icon: str, current: str, count: int = 0) -> dict[str, Any]:
    return {"label": label, "href": href, "icon": icon, "current": key == current, "count": count or None}


def local_day(request: HttpRequest) -> date:
    """The day it is for the association, by the request's one time."""
    return timezone.localtime(request_time(request)).date()

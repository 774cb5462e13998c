"""The frame of a committee's pages: its plate, its rail, and one way to render them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.filings.models import Filing
from committees.notices.queries import counted_as, unread_rows
from committees.roster.seat_doors import Seated
from tenants.frames import frame_of
from tenants.models import User

Text = str | Promise
TO_CHECK = ("filed", "taken_up", "none_said")


def committee_page(
    request: HttpRequest, template: str, *, door: str, crumbs: Sequence[tuple[Text, str]] = (), status: int | None = None,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """Render a page of the committee in `request.seated`. `door` is the one of the rail one stands at; `crumbs` are
    pairs of label and address, the last one without."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    waiting, unread = frame_counts(seated, request.user)  # type: ignore[arg-type]
    frame = {
        **frame_of(request),
        "plate": seated.committee.name,
        "room": seated.committee.room,
        "crumbs": [{"label": label, "href": href} for label, href in crumbs],
        "groups": committee_doors(seated, door, waiting),
        "search_href": reverse("search"),
        "notices_href": reverse("notices"),
        "unread": unread,
    }
    page = {"frame": frame, "committee": seated.committee, "seated": seated, "waiting": waiting, **context}
    return render(request, template, page, status=status)


def frame_counts(seated: Seated, reader: User) -> tuple[int, int]:
    """How many filings wait for the committee, as far as the reader knows of them, and how many notices the reader has
    not read. One query."""
    waiting = Filing.objects.filter(call__committee=seated.committee, state__in=TO_CHECK).order_by()
    if seated.only_filed:
        waiting = waiting.filter(latest__isnull=False)
    rows = counted_as(waiting, "check").union(unread_rows(reader, "bell"), all=True)
    found = {mark: n for _nowhere, mark, n in rows}
    return found.get("check", 0), found.get("bell", 0)


def committee_doors(seated: Seated, current: str, waiting: int) -> list[dict[str, Any]]:
    """The rail of a committee's workspace: the doors that open to the person."""
    code = {"code": seated.committee.code}
    collect = [
        _door("board", _("Board"), reverse("committee_board", kwargs=code), "table", current),
        _door("check", _("Check"), f"{reverse('committee_board', kwargs=code)}?s=sent", "checklist", current, waiting),
        _door("calls", _("Calls"), reverse("committee_calls", kwargs=code), "send", current),
        *(
            [_door("carried", _("Old returns"), reverse("committee_carried", kwargs=code), "history", current)]
            if seated.decides
            else []
        ),
        _door("joint", _("Decide together"), reverse("committee_joints", kwargs=code), "users-group", current),
        _door("series", _("Series of calls"), reverse("committee_series", kwargs=code), "refresh", current),
    ]
    above = [
        _door("filed", _("Filed returns"), reverse("commission_filed"), "archive", current),
        _door("tables", _("Tables of the year"), reverse("commission_tables"), "certificate", current),
        _door("between", _("Calls and comments"), reverse("commission_calls"), "message-question", current),
    ]  # fmt: skip
    return [
        {"label": "", "doors": [
            {"label": _("To do"), "href": reverse("desk"), "icon": "layout-grid"},
            _door("room", _("The room"), reverse("committee_room", kwargs=code), "users-group", current),
        ]},
        {"label": _("Collect"), "doors": collect},
        {"label": _("Use"), "doors": [{"label": _("Bulletins"), "href": reverse("bulletin_list"), "icon": "report-analytics"}]},
        *([{"label": _("Education commission"), "doors": above}] if seated.commission else []),
    ]  # fmt: skip


def _door(key: str, label: Text, href: str, icon: str, current: str, count: int = 0) -> dict[str, Any]:
    return {"label": label, "href": href, "icon": icon, "current": key == current, "count": count or None}

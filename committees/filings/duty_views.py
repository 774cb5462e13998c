"""What a committee does with a duty beside checking: more time, letting off, opening again, “no such item here”."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays, is_workday
from committees.filings import duty_actions
from committees.filings.committee_pages import committee_page
from committees.filings.flows import UNFILED
from committees.filings.models import Call, Filing
from committees.filings.posted import posted_day, posted_key, posted_reason, posted_version
from committees.filings.windows_of import SHOWN, Shown, shown_state
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time
from tenants.models import SchoolType

WITH_DAY = ("extend", "reopen")
DONE = {
    "extend": gettext_lazy("More time is given; the school is told."),
    "waive": gettext_lazy("Waived: the school is told, and no longer missing."),
    "reopen": gettext_lazy("Opened again; the school is told."),
    "confirm_none": gettext_lazy("Confirmed: nothing is due from this school."),
    "decline_none": gettext_lazy("The school is asked for the return all the same."),
}
WAIVABLE = (*UNFILED, "returned", "none_said")


@seat_door("officer", "chair")
@require_POST
def duty_change(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One step in the life of one duty, with its reason and, where it has one, its day."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    rows = Filing.objects.select_related("school", "call__committee", "duty")
    filing = get_object_or_404(rows, public_id=public_id, call__committee=seated.committee)
    do = request.POST.get("do", "")
    if do not in DONE:
        raise Http404
    try:
        _make(request, filing, do)
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, str(DONE[do]))
    return HttpResponseRedirect(reverse("committee_filing", kwargs={"code": code, "public_id": public_id}))


def _make(request: HttpRequest, filing: Filing, do: str) -> None:
    told: dict[str, Any] = {
        "filing": filing, "by": request.user, "at": request_time(request), "reason": posted_reason(request),
        "version": posted_version(request), "key": posted_key(request),
    }  # fmt: skip
    if do in WITH_DAY:
        told["due_on"] = _working_day(posted_day(request))
    getattr(duty_actions, do)(**told)


def _working_day(day: date | None) -> date:
    if day is None:
        raise MoveRefused(_("Choose a day."), code="guard")
    overrides = load_overrides()
    if not is_workday(day, overrides):
        text = _("%(day)s is no working day; the next one is %(after)s.")
        after = add_workdays(day, 0, overrides)
        raise MoveRefused(text % {"day": day.isoformat(), "after": after.isoformat()}, code="guard")
    return day


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def duties_waive(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Let several schools off at once, by type or singly, with one reason that each of them reads."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    call = get_object_or_404(Call.objects.select_related("committee"), public_id=public_id, committee=seated.committee)
    if call.state not in {"opened", "closed"}:
        raise Http404
    rows = list(
        call.filings.filter(state__in=WAIVABLE)
        .select_related("school", "duty")
        .order_by("school__type", "school__pinyin")
    )
    fault = ""
    if request.method == "POST":
        chosen = _chosen(request, rows)
        fault = _("Choose the schools first.") if not chosen else ""
        if chosen and not posted_reason(request):
            fault = _("Give a reason, so that the other side knows what to do.")
        if not fault:
            return _waive(request, call, chosen)
    crumbs = [
        (_("Calls"), reverse("committee_calls", args=[code])), (call.number, _call_address(call)), (_("Waive"), ""),
    ]  # fmt: skip
    return committee_page(
        request, "filings/call/waive.html", door="calls", crumbs=crumbs, call=call, fault=fault, key=uuid4(),
        groups=_by_type(rows, call, request_day(request)), total=len(rows), reason=posted_reason(request),
        ticked=set(request.POST.getlist("filing")), status=422 if fault else None,
    )  # fmt: skip


def _by_type(rows: Sequence[Filing], call: Call, today: date) -> list[tuple[str, str, list[tuple[Filing, Shown]]]]:
    """(type, its name, cases with what they show), in the order of the types."""
    order = {kind: n for n, kind in enumerate(SchoolType.values)}
    found = sorted(rows, key=lambda filing: order.get(filing.school.type, len(order)))
    return [
        (kind, str(SchoolType(kind).label),
         [(row, SHOWN[shown_state(row.state, call.opens_on, row.duty.due_on, today)]) for row in group])
        for kind, group in groupby(found, key=lambda filing: filing.school.type)
    ]  # fmt: skip


def _chosen(request: HttpRequest, rows: Sequence[Filing]) -> list[Filing]:
    single, types = set(request.POST.getlist("filing")), set(request.POST.getlist("type"))
    return [row for row in rows if str(row.public_id) in single or row.school.type in types]


def _waive(request: HttpRequest, call: Call, chosen: Sequence[Filing]) -> HttpResponse:
    """All or none: who was faster on one of them is told."""
    at, reason = request_time(request), posted_reason(request)
    try:
        with transaction.atomic():
            for filing in sorted(chosen, key=lambda row: row.pk):
                duty_actions.waive(filing=filing, reason=reason, by=request.user, at=at)  # type: ignore[arg-type]
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
    else:
        said = ngettext("%(n)s school is let off.", "%(n)s schools are let off.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
    return HttpResponseRedirect(_call_address(call))


def _call_address(call: Call) -> str:
    return reverse("committee_call", kwargs={"code": call.committee.code, "public_id": call.public_id})

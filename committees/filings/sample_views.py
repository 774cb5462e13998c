"""Accepting what raises no doubt: the filings parted, a sample drawn and checked by item, the others accepted with it."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from committees.filings.check_views import filing_here
from committees.filings.checking_actions import accept_sampled, check_items, draw_sample
from committees.filings.clear_filings import drawn_now, sample_of, sorted_filings
from committees.filings.committee_pages import committee_page
from committees.filings.drawing import LEAST
from committees.filings.flows import UNSENT
from committees.filings.models import Call
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_time

SEEN = "seen-"


@seat_door("officer", "chair")
@require_http_methods(["GET", "POST"])
def sample_show(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Preview, draw, accept: each step says what it does before it does it."""
    call = _call(request, public_id)
    if request.method == "GET":
        return _page(request, call)
    told: dict[str, Any] = {"call": call, "by": request.user, "at": request_time(request)}
    try:
        if request.POST.get("do") == "draw":
            draw_sample(percent=_percent(request), **told)
            messages.success(request, _("Drawn. Check each of the drawn filings by item, then accept the others."))
        elif request.POST.get("do") == "accept" and request.POST.get("sure"):
            outcomes = accept_sampled(why=request.POST.get("why", "")[:400], **told)
            return _page(request, call, outcomes=outcomes)
        else:
            return _page(request, call, _("Tick that you want it, first."), status=422)
    except MoveRefused as refused:
        return _page(request, call, str(refused.reason), status=422)
    return HttpResponseRedirect(reverse("committee_sample", kwargs={"code": code, "public_id": public_id}))


@seat_door("officer", "chair")
@require_POST
def sample_check(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A drawn filing was gone through item by item."""
    filing = filing_here(request, public_id)
    draw = drawn_now(filing)
    if draw is None:
        raise Http404
    ticked = [name.removeprefix(SEEN) for name in request.POST if name.startswith(SEEN)]
    here = reverse("committee_filing", kwargs={"code": code, "public_id": public_id})
    try:
        check_items(filing=filing, draw_of=draw, items=ticked, by=request.user, at=request_time(request))  # type: ignore[arg-type]
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
        return HttpResponseRedirect(f"{here}#by-item")
    messages.success(request, _("Checked by item: it is written down."))
    return HttpResponseRedirect(reverse("committee_sample", kwargs={"code": code, "public_id": filing.call.public_id}))


def _call(request: HttpRequest, public_id: UUID) -> Call:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    rows = Call.objects.exclude(state__in=UNSENT).select_related("committee", "form")
    return get_object_or_404(rows, public_id=public_id, committee=seated.committee)


def _percent(request: HttpRequest) -> Decimal:
    try:
        value = Decimal(request.POST.get("percent", "") or LEAST)
    except InvalidOperation:
        raise MoveRefused(_("Give the percentage as a number."), code="guard") from None
    if not value.is_finite():
        raise MoveRefused(_("Give the percentage as a number."), code="guard")
    return value.quantize(Decimal("0.01"))


def _page(
    request: HttpRequest, call: Call, refused: str = "", status: int | None = None, outcomes: Any = ()
) -> HttpResponse:
    parted, sample = sorted_filings(call), sample_of(call)
    done = [one for one in outcomes if not one.refused]
    said = ngettext("%(n)s filing was accepted.", "%(n)s filings were accepted.", len(done)) % {"n": len(done)}
    crumbs = [
        (_("Calls"), reverse("committee_calls", args=[call.committee.code])),
        (call.number, reverse("committee_call", kwargs={"code": call.committee.code, "public_id": call.public_id})),
        (_("Accept what raises no doubt"), ""),
    ]
    return committee_page(
        request, "filings/check/sample.html", door="check", crumbs=crumbs, status=status, call=call, parted=parted,
        sample=sample, refused=refused, outcomes=outcomes, said=said if outcomes else "", least=LEAST,
        typed_percent=request.POST.get("percent", ""), typed_why=request.POST.get("why", ""),
        kept=[one for one in outcomes if one.refused],
    )  # fmt: skip

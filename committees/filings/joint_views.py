"""Deciding together: lists of filings, each line with proposal, decision and dissent; carried out; printed as minutes."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.filings.clear_filings import WAITING
from committees.filings.committee_pages import committee_page
from committees.filings.joint_actions import decide_lines, dissent, drop_list, hold_list, listable, make_list
from committees.filings.models import Call, Filing, JointList, Verdict
from committees.filings.posted import posted_version
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time

FIELDS = ("proposal", "proposal_words", "decision", "decision_words")


@seat_door("officer", "chair", "expert", commission=True)
@require_http_methods(["GET", "HEAD", "POST"])
def joint_lists(request: HttpRequest, code: str) -> HttpResponse:
    """All lists of the committee, and a new one over what waits."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    if request.method != "POST":
        return _lists_page(request)
    if not seated.decides:
        return _lists_page(request, _("Only those who decide make a list."), status=403)
    call = _calls(seated).filter(public_id=_uuid(request.POST.get("call", ""))).first()
    chosen = set(request.POST.getlist("filing"))
    filings = [one for one in listable(call) if not chosen or str(one.public_id) in chosen] if call else []
    try:
        if call is None:
            raise MoveRefused(_("Choose the call."), code="guard")
        made = make_list(
            call=call, title=request.POST.get("title", "")[:120], held_on=_day(request), filings=filings, by=request.user,  # type: ignore[arg-type]
            at=request_time(request),
        )  # fmt: skip
    except MoveRefused as refused:
        return _lists_page(request, str(refused.reason), status=422)
    return HttpResponseRedirect(reverse("committee_joint", kwargs={"code": code, "public_id": made.public_id}))


@seat_door("officer", "chair", "expert", commission=True)
@require_http_methods(["GET", "HEAD", "POST"])
def joint_show(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One list: proposals and decisions while it is prepared, minutes when it is carried out."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    found = _list(seated, public_id)
    if request.method != "POST":
        return _list_page(request, found)
    if not seated.decides:
        return _list_page(request, found, _("Only those who decide write here."), status=403)
    try:
        _write(request, found)
    except MoveRefused as refused:
        return _list_page(request, _list(seated, public_id), str(refused.reason), status=422)
    return HttpResponseRedirect(reverse("committee_joint", kwargs={"code": code, "public_id": public_id}))


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def joint_minutes(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """The minutes, made for paper."""
    found = _list(request.seated, public_id)  # type: ignore[attr-defined]
    return _list_page(request, found, template="filings/joint/minutes.html")


def _write(request: HttpRequest, found: JointList) -> None:
    told: dict[str, Any] = {"by": request.user, "at": request_time(request)}
    do = request.POST.get("do", "keep")
    if do == "drop":
        drop_list(joint_list=found, version=posted_version(request), **told)
        messages.success(request, _("Dropped; no filing has moved."))
        return
    if do.startswith("dissent-"):
        line = found.lines.filter(pk=_number(do.removeprefix("dissent-"))).select_related("joint_list").first()
        if line is None:
            raise Http404
        dissent(line=line, words=request.POST.get(f"dissent_words-{line.pk}", ""), **told)
        messages.success(request, _("Your dissent is written down."))
        return
    decide_lines(joint_list=found, present=request.POST.get("present", ""), lines=_lines_in(request, found), **told)
    if do == "hold":
        if not request.POST.get("sure"):
            raise MoveRefused(_("Tick that the session has decided so, first."), code="guard")
        hold_list(joint_list=found, version=found.version, key=_uuid(request.POST.get("key", "")), **told)
        messages.success(request, _("Carried out; each filing has its own move in its history."))
    else:
        messages.success(request, _("Kept."))


def _lines_in(request: HttpRequest, found: JointList) -> dict[int, dict[str, str]]:
    lines: dict[int, dict[str, str]] = {}
    for pk in found.lines.values_list("pk", flat=True):
        sent = {name: request.POST.get(f"{name}-{pk}") for name in FIELDS}
        given = {name: str(value) for name, value in sent.items() if value is not None}
        for name in ("proposal", "decision"):
            if name in given and given[name] not in {*Verdict.values, *([""] if name == "decision" else [])}:
                given.pop(name)
        lines[pk] = given
    return lines


def _lists_page(request: HttpRequest, refused: str = "", status: int | None = None) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    calls = list(_calls(seated)) if seated.decides else []
    wanted = request.POST.get("call") or request.GET.get("call", "")
    call = next((one for one in calls if str(one.public_id) == wanted), None) or _with_work(calls)
    rows = _visible(seated).select_related("call").annotate(n=Count("lines"))
    return committee_page(
        request, "filings/joint/lists.html", door="joint", crumbs=[(_("Joint lists"), "")], status=status, rows=rows[:100],
        calls=calls, chosen=call, waiting_here=listable(call) if call else [], refused=refused, today=request_day(request),
        typed=request.POST,
    )  # fmt: skip


def _with_work(calls: Sequence[Call]) -> Call | None:
    """The first call under which something waits, else the first; one query."""
    waiting = set(Filing.objects.filter(call__in=calls, state__in=WAITING).values_list("call", flat=True))
    return next((call for call in calls if call.pk in waiting), calls[0] if calls else None)


def _list_page(
    request: HttpRequest, found: JointList, refused: str = "", status: int | None = None,
    template: str = "filings/joint/show.html",
) -> HttpResponse:  # fmt: skip
    seated: Seated = request.seated  # type: ignore[attr-defined]
    lines = found.lines.select_related("filing__school").prefetch_related("dissents__by")
    crumbs = [
        (_("Joint lists"), reverse("committee_joints", kwargs={"code": seated.committee.code})),
        (found.title, ""),
    ]
    return committee_page(
        request, template, door="joint", crumbs=crumbs, status=status, found=found, lines=lines, refused=refused,
        verdicts=Verdict.choices, key=uuid4(), writes=seated.decides and found.state == "drafted",
    )  # fmt: skip


def _calls(seated: Seated) -> Any:
    return Call.objects.filter(committee=seated.committee, state__in=("opened", "closed")).select_related("committee")


def _list(seated: Seated, public_id: UUID) -> JointList:
    rows = _visible(seated).select_related("call__committee", "committee", "made_by")
    return get_object_or_404(rows, public_id=public_id)


def _visible(seated: Seated) -> QuerySet[JointList]:
    """All lists of the committee; to whom has no seat, those that were carried out."""
    rows = JointList.objects.filter(committee=seated.committee)
    return rows.filter(state="held") if seated.only_filed else rows


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("held_on", ""))
    except ValueError:
        raise MoveRefused(_("Give the day of the session as year, month and day."), code="guard") from None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0

"""Pages that remind: what will be sent to whom, the sending, when a call reminds by itself, and the committee's robots."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from committees.filings.board_asking import Chosen, chosen_in
from committees.filings.board_reads import calls_on_board
from committees.filings.committee_pages import committee_page
from committees.filings.models import Call, Filing, Reminder
from committees.filings.reminder_actions import REMINDABLE, Outcome, change_reminders, remind
from committees.notices import actions as notice_actions
from committees.notices.models import RobotKind
from committees.notices.queries import last_posts, robots_of
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time
from tenants.doors import person

LISTED = 100
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def board_remind(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows whom a reminder would reach, POST sends it. `school` (repeated) picks schools, `late=1` all that are
    overdue; `call` or `kind` say of what, as on the board."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    chosen = chosen_in(request, calls_on_board(seated.committee))
    filings = _picked(request, chosen)
    back = f"{reverse('committee_board', args=[code])}?{_scope(request)}"
    if request.method == "POST":
        outcome = remind(
            filings=filings, by=person(request), at=request_time(request), note=request.POST.get("note", "").strip(),
            robots=bool(request.POST.get("robots")),
        )  # fmt: skip
        messages.success(request, _said(outcome))
        return HttpResponseRedirect(back)
    day = request_day(request)
    today = set(Reminder.objects.filter(filing__in=filings, day=day).values_list("filing", flat=True))
    fresh = [one for one in filings if one.pk not in today]
    return committee_page(
        request, "filings/board/remind.html", door="board", filings=fresh[:LISTED], more=max(len(fresh) - LISTED, 0),
        schools=len({one.school_id for one in fresh}), left_out=len(today), back=back, robots=robots_of(_owner(seated)),
        crumbs=[(_("Board"), back), (_("Remind"), "")], today=day,
    )  # fmt: skip


@seat_door("officer", "chair")
@require_POST
def call_reminders(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """How many working days before its day a call reminds by itself: "7, 3, 1", or nothing."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    call = get_object_or_404(Call, committee=seated.committee, public_id=public_id)
    words = re.split(r"[\s,，、;；]+", request.POST.get("days", "").strip())
    try:
        days = [int(word) if word.isdecimal() and len(word) < 4 else 0 for word in words if word]
        change_reminders(call=call, days=days, by=person(request), at=request_time(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kept. The job reminds on these days."))
    return HttpResponseRedirect(reverse("committee_call", args=[code, call.public_id]))


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def robot_list(request: HttpRequest, code: str) -> HttpResponse:
    """The committee's robots in group chats; POST adds one. Keys are shown by their ending only."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    fault, given = "", {key: request.POST.get(key, "").strip() for key in ("kind", "label", "token", "secret")}
    if request.method == "POST":
        try:
            notice_actions.add_robot(owner=_owner(seated), by=person(request), at=request_time(request),
                                     **{**given, "label": given["label"][:60] or _("group")})  # fmt: skip
        except notice_actions.NoticeRefused as refused:
            fault = str(refused)
        else:
            messages.success(request, _("Added. Send a message to try it."))
            return HttpResponseRedirect(reverse("committee_robots", args=[code]))
    context: dict[str, Any] = {
        "robots": robots_of(_owner(seated)), "posts": last_posts(_owner(seated)), "kinds": RobotKind.choices,
        "fault": fault, "given": given,
    }  # fmt: skip
    status = 422 if fault else None
    crumbs = [(_("Board"), reverse("committee_board", args=[code])), (_("Robots"), "")]
    return committee_page(request, "filings/board/robots.html", door="board", crumbs=crumbs, status=status, **context)


@seat_door("officer", "chair")
@require_POST
def robot_do(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Let a robot say something to try it, or retire it (`do`)."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    robot = get_object_or_404(robots_of(_owner(seated)), public_id=public_id)
    if request.POST.get("do") == "retire":
        notice_actions.retire_robot(robot=robot, by=person(request), at=request_time(request))
        messages.success(request, _("The robot is switched off."))
    else:
        notice_actions.try_robot(robot=robot, by=person(request), at=request_time(request))
        messages.success(request, _("The message leaves within a minute; look into the group."))
    return HttpResponseRedirect(reverse("committee_robots", args=[code]))


def _owner(seated: Seated) -> str:
    return f"committee:{seated.committee.code}"


def _picked(request: HttpRequest, chosen: Chosen) -> list[Filing]:
    """The returns to remind of: in a school's hand, their call open, of the schools picked or overdue. Strange ids pick
    nothing."""
    asked = request.POST if request.method == "POST" else request.GET
    open_calls = [call.pk for call in chosen.calls if call.state == "opened"]
    in_hand = Filing.objects.filter(state__in=REMINDABLE, counted__isnull=True)  # a correction is nobody's debt
    found = in_hand.filter(call__in=open_calls, call__opens_on__lte=request_day(request))
    if asked.get("late"):
        found = found.filter(duty__due_on__lt=request_day(request)).exclude(state="returned")
    else:
        found = found.filter(school__public_id__in=[one for one in asked.getlist("school") if _UUID.fullmatch(one)])
    return list(found.select_related("school", "duty", "call__committee").order_by("school__pinyin", "call__period"))


def _scope(request: HttpRequest) -> str:
    query = request.GET.copy()
    for key in ("school", "late"):
        query.pop(key, None)
    return query.urlencode()


def _said(outcome: Outcome) -> str:
    told = ngettext("%(n)s school reminded.", "%(n)s schools reminded.", outcome.schools) % {"n": outcome.schools}
    if not outcome.left_out:
        return told
    rest = ngettext(
        "%(n)s return was left out: reminded today already, or no longer with the school.",
        "%(n)s returns were left out: reminded today already, or no longer with the school.", outcome.left_out,
    )  # fmt: skip
    return f"{told} {rest % {'n': outcome.left_out}}"

"""The moves that a school makes, each on a page of its own that works without script."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from committees.filings import actions, duty_actions
from committees.filings.actions import new_key
from committees.filings.flows import FILING_FLOW
from committees.filings.models import Filing
from committees.filings.school.evidence import evidence_lines
from committees.filings.school.reads import Work, filing_of, work_on
from committees.filings.school.running import running_figures
from committees.filings.school.views_case import asked_in, stand_on_case
from committees.workflow.advance import MoveRefused, may_move, open_moves
from committees.workflow.flow import Move
from tenants.clock import request_time
from tenants.doors import school_door
from tenants.verdicts import Refused

#: The moves of a school, with the sentence said when one was made.
DONE: dict[str, str | Promise] = {
    "start": gettext_lazy("You can fill in now. Everything you type is saved."),
    "answer": gettext_lazy("You can mend the items now. Everything you type is saved."),
    "request_approval": gettext_lazy("Sent to the head. Until it is filed you can take it back."),
    "recall": gettext_lazy("Taken back. You can go on filling in."),
    "send_back": gettext_lazy("Given back to the clerk, with your reason."),
    "file": gettext_lazy("Filed and sealed. The receipt is below."),
    "withdraw": gettext_lazy("Withdrawn. The sealed version stays on record, without effect."),
    "say_none": gettext_lazy("The committee has your statement. Until it confirms, you can take it back."),
    "recall_none": gettext_lazy("Taken back. The return is due as before."),
}
ACTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(duty_actions if name.endswith("_none") else actions, name) for name in DONE
}
TO_FORM = ("start", "answer", "recall")
#: Moves before which the person reads the whole answer.
WITH_SHEET = ("request_approval", "file")


@school_door("head", "clerk")
@require_http_methods(["GET", "POST"])
def filing_move(request: Any, public_id: UUID, move: str) -> HttpResponse:
    """Ask once more, then make the move: once, however often the button is pressed."""
    if move not in DONE:
        raise Http404
    filing = filing_of(request.school, public_id)
    if request.method == "GET":
        return _page(request, filing, FILING_FLOW.move(move))
    if move == "file" and not request.POST.get("stated"):
        return _page(request, filing, FILING_FLOW.move(move), _("Tick the statement first, then file."), status=400)
    try:
        _make(request, filing, move)
    except MoveRefused as refused:
        return _page(request, filing_of(request.school, public_id), FILING_FLOW.move(move), refused, status=409)
    messages.success(request, str(DONE[move]))
    view = "filing_prepare" if move in TO_FORM and filing.state == "started" else "filing_show"
    return HttpResponseRedirect(reverse(view, args=[public_id]))


def _make(request: Any, filing: Filing, move: str) -> None:
    """The move itself, with the version the person saw and the key of the page. Raises MoveRefused."""
    given: dict[str, Any] = {"by": request.user, "at": request_time(request)}
    if FILING_FLOW.move(move).needs_reason:
        given["reason"] = request.POST.get("reason", "")[:2000]
    ACTIONS[move](filing=filing, version=_version(request), key=_key(request), **given)


def _version(request: Any) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _key(request: Any) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _page(request: Any, filing: Filing, move: Move, refused: Any = "", status: int = 200) -> HttpResponse:
    at = request_time(request)
    verdict = may_move(filing, move, by=request.user, at=at)
    is_open = move.name in {each.name for each in open_moves(filing, by=request.user, at=at)}
    if not is_open and not refused:
        messages.info(request, _("This step is not open now; the case stands as you see."))
        return HttpResponseRedirect(reverse("filing_show", args=[filing.public_id]))
    work = work_on(filing)
    stand_on_case(request, filing, (move.label, ""))
    context = {
        "filing": filing, "call": filing.call, "move": move, "key": request.POST.get("key") or new_key(),
        "refused": refused, "is_open": is_open, "typed_reason": request.POST.get("reason", ""),
        "blocked": verdict.reason if isinstance(verdict, Refused) and is_open else "",
        "stale": isinstance(refused, MoveRefused) and refused.code in {"stale", "key", "role"},
        **(_whole(work) if move.name in WITH_SHEET else {}),
    }  # fmt: skip
    return render(request, "filings/school/move.html", context, status=status)


def _whole(work: Work) -> dict[str, Any]:
    return {
        "sheet": work.sheet(strict=True), "figures": running_figures(work), "evidence": evidence_lines(work.draft),
        "asked": asked_in(work), "prepared_by": work.draft.updated_by if work.draft else None, "draft": work.draft,
    }  # fmt: skip

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
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from committees.filings import actions, approval_actions, correction_actions, duty_actions
from committees.filings.actions import new_key
from committees.filings.approvals import deputy_of
from committees.filings.flows import FILING_FLOW, FILING_MOVES
from committees.filings.models import Filing
from committees.filings.school.evidence import evidence_lines
from committees.filings.school.reads import Work, filing_of, work_on
from committees.filings.school.running import running_figures
from committees.filings.school.signing import NotSigned, Typed, paper_in, prove_signature
from committees.filings.school.views_case import asked_in, stand_on_case
from committees.workflow.advance import MoveRefused, may_move, open_moves
from committees.workflow.flow import Move
from tenants.actions.proving import asks_for_code
from tenants.clock import local_day, request_time
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
    "file_scan": gettext_lazy("Filed and sealed with the stamped scan. The receipt is below."),
    "withdraw": gettext_lazy("Withdrawn. The sealed version stays on record, without effect."),
    "say_none": gettext_lazy("The committee has your statement. Until it confirms, you can take it back."),
    "recall_none": gettext_lazy("Taken back. The return is due as before."),
    "ask_correction": gettext_lazy(
        "Asked. Until the committee has opened it and accepted a new version, nothing changes."
    ),
    "unask_correction": gettext_lazy("Taken back. The accepted version counts as before."),
    "drop_correction": gettext_lazy("Dropped. The accepted version counts as before."),
}
_ROOMS = {
    "file_scan": approval_actions,
    **dict.fromkeys(("ask_correction", "unask_correction", "drop_correction"), correction_actions),
    **dict.fromkeys(("say_none", "recall_none"), duty_actions),
}
ACTIONS: dict[str, Callable[..., Any]] = {name: getattr(_ROOMS.get(name, actions), name) for name in DONE}
TO_FORM = ("start", "answer", "recall")
#: Moves before which the person reads the whole answer.
WITH_SHEET = ("request_approval", *FILING_MOVES)
#: A version that no filing with the head has: the kernel finds the press it repeats, or says who was faster.
UNPROVED = 0


@sensitive_post_parameters("password", "code")
@school_door("head", "clerk")
@require_http_methods(["GET", "POST"])
def filing_move(request: Any, public_id: UUID, move: str) -> HttpResponse:
    """Ask once more, then make the move: once, however often the button is pressed."""
    if move not in DONE:
        raise Http404
    filing = filing_of(request.school, public_id)
    step = FILING_FLOW.move(move)
    if request.method == "GET":
        return _page(request, filing, step)
    try:
        _make(request, filing, move)
    except NotSigned as fault:
        return _page(request, filing, step, fault, status=400)
    except MoveRefused as refused:
        return _page(request, filing_of(request.school, public_id), step, refused, status=409)
    messages.success(request, str(DONE[move]))
    view = "filing_prepare" if move in TO_FORM and filing.state == "started" else "filing_show"
    return HttpResponseRedirect(reverse(view, args=[public_id]))


def _make(request: Any, filing: Filing, move: str) -> None:
    """The move itself, with the version the person saw and the key of the page. Raises MoveRefused, NotSigned."""
    given: dict[str, Any] = {"by": request.user, "at": request_time(request)}
    if FILING_FLOW.move(move).needs_reason:
        given["reason"] = request.POST.get("reason", "")[:2000]
    version = _version(request)
    if move == "file" and _is_due(request, filing, version):
        prove_signature(request)
    elif move == "file":
        # The same press once more, too late, or not this person's: without a proof nothing can be filed.
        version = UNPROVED
    if move == "file_scan":
        given["paper"] = paper_in(request)
    ACTIONS[move](filing=filing, version=version, key=_key(request), **given)


def _is_due(request: Any, filing: Filing, version: int | None) -> bool:
    """Whether the person could file now what the page showed; only then a password is looked at, and a code used up."""
    offered = {each.name for each in open_moves(filing, by=request.user, at=request_time(request))}
    return "file" in offered and version in {None, filing.version}


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
    is_open = move.name in {each.name for each in open_moves(filing, by=request.user, at=at)}
    if not is_open and not refused:
        messages.info(request, _("This step is not open now; the case stands as you see."))
        return HttpResponseRedirect(reverse("filing_show", args=[filing.public_id]))
    # A paper is looked at when it comes: before that the step is not blocked, it only waits for its fields.
    verdict = None if move.name == "file_scan" else may_move(filing, move, by=request.user, at=at)
    work = work_on(filing)
    stand_on_case(request, filing, (move.label, ""))
    context = {
        "filing": filing, "call": filing.call, "move": move, "key": request.POST.get("key") or new_key(),
        "refused": refused, "is_open": is_open, "typed_reason": request.POST.get("reason", ""),
        "typed": Typed.of(request), "asks_code": move.name == "file" and asks_for_code(request.user),
        "stands_in": deputy_of(request.school, request.user, local_day(at)) if move.name == "file" else None,
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

"""The committee's side of what passes beside a filing: the conversation, versions side by side, notes at items."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from committees.filings.check_views import filing_here, questions_in
from committees.filings.checking_actions import keep_notes, read_messages, say
from committees.filings.committee_pages import committee_page
from committees.filings.comparisons import compare_versions
from committees.filings.conversation import read_conversation, waits_for
from committees.filings.models import Filing, Side
from committees.filings.presenting import full_names
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_time

MOST_WORDS = 2000


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def filing_talk(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """What was asked and answered, in one line of time. Looking changes nothing: a browser may fetch it beforehand."""
    return _talk_page(request, filing_here(request, public_id))


@seat_door("officer", "chair")
@require_POST
def filing_say(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A question or an answer to the school, without a return; or: read, it needs no answer."""
    filing = filing_here(request, public_id)
    here = reverse("committee_talk", kwargs={"code": code, "public_id": public_id})
    if request.POST.get("do") == "read":
        read_messages(filing=filing, side=Side.COMMITTEE, at=request_time(request))
        messages.success(request, _("Read: it no longer stands on your desk."))
        return HttpResponseRedirect(here)
    text = request.POST.get("text", "")[:MOST_WORDS]
    try:
        say(
            filing=filing, text=text, indicator=item_in(request, filing), side=Side.COMMITTEE, by=request.user,  # type: ignore[arg-type]
            at=request_time(request),
        )  # fmt: skip
    except MoveRefused as refused:
        return _talk_page(request, filing, str(refused.reason), text, status=422)
    messages.success(request, _("Sent: it stands on the school’s desk."))
    return HttpResponseRedirect(here)


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def filing_compare(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Two versions side by side."""
    filing = filing_here(request, public_id)
    comparison = compare_versions(filing, request.GET.get("a", ""), request.GET.get("b", ""))
    if comparison is None:
        raise Http404
    return committee_page(
        request, "filings/check/compare.html", door="check", crumbs=_crumbs(request, filing, _("Versions side by side")),
        filing=filing, call=filing.call, comparison=comparison, names=full_names(filing.call.form.form()),
    )  # fmt: skip


@seat_door("officer", "chair")
@require_POST
def notes_keep(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Keep the notes typed beside items; the school sees none of them before a return."""
    filing = filing_here(request, public_id)
    try:
        kept = keep_notes(
            filing=filing, notes=questions_in(request, empty=True), by=request.user,  # type: ignore[arg-type]
            at=request_time(request),
        )  # fmt: skip
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
    else:
        text = ngettext("%(n)s note kept, for the committee only.", "%(n)s notes kept, for the committee only.", kept)
        messages.success(request, text % {"n": kept})
    return HttpResponseRedirect(reverse("committee_filing", kwargs={"code": code, "public_id": public_id}))


def item_in(request: HttpRequest, filing: Filing) -> str:
    """The item a message is about; nothing for one the form has not."""
    wanted = request.POST.get("item", "")
    return wanted if wanted in {one.code for one in filing.call.form.form().indicators()} else ""


def _talk_page(
    request: HttpRequest, filing: Filing, refused: str = "", typed: str = "", status: int | None = None
) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    item = request.GET.get("item", "")
    names = full_names(filing.call.form.form())
    item = item if item in names else ""
    turns = read_conversation(filing, item=item, only_filed=seated.only_filed)
    return committee_page(
        request, "filings/check/talk.html", door="check", crumbs=_crumbs(request, filing, _("Conversation")),
        status=status, filing=filing, call=filing.call, turns=turns, names=names, item=item, refused=refused, typed=typed,
        own=Side.COMMITTEE, may_say=seated.decides,
        unread=seated.decides and waits_for(filing, Side.COMMITTEE), most=MOST_WORDS,
    )  # fmt: skip


def _crumbs(request: HttpRequest, filing: Filing, here: str) -> list[tuple[Any, str]]:
    code = {"code": filing.call.committee.code}
    return [
        (_("Board"), f"{reverse('committee_board', kwargs=code)}?call={filing.call.public_id}"),
        (filing.school.name, reverse("committee_filing", kwargs={**code, "public_id": filing.public_id})), (here, ""),
    ]  # fmt: skip

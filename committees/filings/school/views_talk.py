"""The school's side of what passes beside a filing: the conversation, a message to the committee, versions side by side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committees.filings.checking_actions import read_messages, say
from committees.filings.comparisons import compare_versions
from committees.filings.conversation import read_conversation, waits_for
from committees.filings.models import Filing, Side
from committees.filings.presenting import full_names
from committees.filings.school.reads import filing_of
from committees.filings.school.views_case import stand_on_case
from committees.workflow.advance import MoveRefused
from tenants.clock import request_time
from tenants.doors import school_door

MOST_WORDS = 2000
WRITERS = {"head", "clerk"}


@school_door("head", "clerk")
@require_http_methods(["GET", "POST"])
def school_talk(request: Any, public_id: UUID) -> HttpResponse:
    """What was asked and answered, and a message to the committee. Looking changes nothing; a button says it was read."""
    filing = filing_of(request.school, public_id)
    if request.method == "GET":
        return _page(request, filing)
    if request.POST.get("do") == "read":
        read_messages(filing=filing, side=Side.SCHOOL, at=request_time(request))
        messages.success(request, _("Read: it no longer stands on your desk."))
        return HttpResponseRedirect(reverse("school_talk", args=[public_id]))
    text = request.POST.get("text", "")[:MOST_WORDS]
    item = request.POST.get("item", "")
    known = item in {one.code for one in filing.call.form.form().indicators()}
    try:
        say(
            filing=filing, text=text, indicator=item if known else "", side=Side.SCHOOL, by=request.user,
            at=request_time(request),
        )  # fmt: skip
    except MoveRefused as refused:
        return _page(request, filing, str(refused.reason), text, 422)
    messages.success(request, _("Sent: it stands on the committee’s desk."))
    return HttpResponseRedirect(reverse("school_talk", args=[public_id]))


@school_door("head", "clerk")
@require_GET
def school_compare(request: Any, public_id: UUID) -> HttpResponse:
    """Two versions side by side."""
    filing = filing_of(request.school, public_id)
    comparison = compare_versions(filing, request.GET.get("a", ""), request.GET.get("b", ""))
    if comparison is None:
        raise Http404
    stand_on_case(request, filing, (_("Versions side by side"), ""))
    context = {
        "filing": filing,
        "call": filing.call,
        "comparison": comparison,
        "names": full_names(filing.call.form.form()),
    }
    return render(request, "filings/school/compare.html", context)


def _page(request: Any, filing: Filing, refused: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    names = full_names(filing.call.form.form())
    item = request.GET.get("item", "") if request.GET.get("item", "") in names else ""
    stand_on_case(request, filing, (_("Conversation"), ""))
    context = {
        "filing": filing, "call": filing.call, "turns": read_conversation(filing, item=item), "names": names, "item": item,
        "refused": refused, "typed": typed, "own": Side.SCHOOL, "may_say": bool(WRITERS & set(request.roles)),
        "unread": waits_for(filing, Side.SCHOOL),
        "most": MOST_WORDS,
    }  # fmt: skip
    return render(request, "filings/school/talk.html", context, status=status)

"""Pages between the commission and committees: a call that both issue, comments about calls and tables, their list."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.commission.models import About
from committees.commission.queries import digest_of_table
from committees.commission.rules import side_of
from committees.commission.talk_actions import MOST_WORDS, begin_talk, close_talk, write_talk
from committees.commission.talk_reads import calls_between, is_told, talks_of
from committees.filings.co_issue_actions import agree_to_call, decline_call
from committees.filings.co_issues import agreement_of
from committees.filings.committee_pages import committee_page
from committees.filings.disclosures import meaning_of
from committees.filings.flows import CALL_FLOW, UNSENT
from committees.filings.kinds import kind_of
from committees.filings.models import Call
from committees.filings.posted import posted_key, posted_reason, posted_version
from committees.filings.rules import roles_at_call
from committees.filings.slugs import slug_of
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_time
from tenants.doors import association_door, person
from tenants.models import AssociationRole
from tenants.standing import stand

PER_PAGE = 30


@association_door(AssociationRole.COMMISSION)
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Calls that the commission issues too, and those with comments, the newest first."""
    page = Paginator(calls_between(), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(call, CALL_FLOW.state(call.state).label) for call in page]
    stand(request, "commission", (_("Calls and comments"), ""))
    return render(request, "commission/calls.html", {"rows": page, "lines": lines})


@seat_door("officer", "chair", commission=True)
@require_http_methods(["GET", "HEAD", "POST"])
def call_between(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A call as it stands between a committee and the commission: its words, the agreement, the comments."""
    call = _call(request, public_id)
    if request.method != "POST":
        return _page(request, call)
    try:
        said = _write(request, call)
    except MoveRefused as refused:
        return _page(request, call, str(refused.reason), 409 if refused.code in {"stale", "key"} else 422)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("commission_call", kwargs={"code": code, "public_id": public_id}))


def _write(request: HttpRequest, call: Call) -> str:
    do, told = request.POST.get("do", ""), _told(request)
    version = posted_version(request)
    if do == "agree":
        agree_to_call(call=call, version=version, **told)
        return _("Agreed. The committee can open the call; both names stand on it.")
    if do == "decline":
        decline_call(call=call, reason=posted_reason(request), version=version, **told)
        return _("Given back. The committee reads your reason.")
    words = request.POST.get("words", "")[:MOST_WORDS]
    if do == "begin":
        about = About.TABLE if request.POST.get("about") == About.TABLE else About.CALL
        begin_talk(call=call, about=about, title=request.POST.get("title", ""), words=words, **told)
        return _("Sent: the other side has it on the desk.")
    talk = get_object_or_404(
        call.talks.select_related("call__committee"), public_id=_uuid(request.POST.get("talk", ""))
    )
    if do == "close":
        close_talk(talk=talk, version=version, **told)
        return _("Closed.")
    if do == "write":
        write_talk(talk=talk, words=words, version=version, **told)
        return _("Sent: the other side has it on the desk.")
    raise Http404


def _told(request: HttpRequest) -> dict[str, Any]:
    return {"by": person(request), "at": request_time(request), "key": posted_key(request)}


def _call(request: HttpRequest, public_id: UUID) -> Call:
    """A call of the committee; the commission knows of no draft, and of no proposal that is not made to it."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    calls = Call.objects.select_related("committee", "form", "created_by")
    call = get_object_or_404(calls, public_id=public_id, committee=seated.committee)
    if not seated.decides and not is_told(call):
        raise Http404
    return call


def _page(request: HttpRequest, call: Call, refused: str = "", status: int | None = None) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    side = side_of(roles_at_call(call, person(request), request_time(request)))
    now, counted = digest_of_table(call)
    crumbs = [
        (_("Calls"), reverse("committee_calls", args=[seated.committee.code])), (call.number, ""),
    ]  # fmt: skip
    return committee_page(
        request, "commission/call.html", door="calls", crumbs=crumbs, status=status, call=call, side=side, refused=refused,
        state_label=CALL_FLOW.state(call.state).label, kind=kind_of(call.kind), meaning=meaning_of(call.disclosure),
        items=list(call.form.form().indicators()), agreed=agreement_of(call), talks=talks_of(call, now if counted else ""),
        may_agree=side == "commission" and call.state == "proposed", counted=counted, unsent=call.state in UNSENT,
        typed=request.POST if refused else {}, key=uuid4(), most=MOST_WORDS, slug=slug_of(call.number),
    )  # fmt: skip


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None

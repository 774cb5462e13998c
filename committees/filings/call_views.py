"""Pages on which a committee prepares, opens, closes and cancels its calls."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.calendar.workdays import is_settled, workdays_between
from committees.filings import actions
from committees.filings.board_reads import boards_of
from committees.filings.call_actions import cancel_call, change_call
from committees.filings.call_forms import CallForm, initial_of
from committees.filings.co_issue_actions import propose_call, take_back_call
from committees.filings.co_issues import agreement_of
from committees.filings.committee_pages import committee_page
from committees.filings.disclosures import meaning_of
from committees.filings.flows import CALL_FLOW, EXEMPT, UNSENT
from committees.filings.kinds import kind_of
from committees.filings.models import Call
from committees.filings.windows_of import LEGEND
from committees.filings.wordings import revisions_of
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time
from tenants.models import School, SchoolType
from tenants.queries import open_schools

#: The window of a call's state.
CALL_WINDOWS = {
    "drafted": "draft",
    "proposed": "appr",
    "agreed": "todo",
    "opened": "sent",
    "closed": "ok",
    "cancelled": "void",
}


@dataclass(frozen=True)
class Group:
    """Schools of one type, to be ticked together or singly."""

    type: str
    label: str
    schools: Sequence[School]


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def call_list(request: HttpRequest, code: str) -> HttpResponse:
    """All calls of the committee, the newest first."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    asked = Q(filings__latest__isnull=False) if seated.only_filed else ~Q(filings__state__in=EXEMPT)
    calls = _visible(seated).annotate(
        addressed=Count("filings", filter=asked),
        accepted=Count("filings", filter=Q(filings__state="accepted")),
    )
    rows = [(call, CALL_WINDOWS[call.state], CALL_FLOW.state(call.state).label) for call in calls.order_by("-pk")]
    crumbs = [(seated.committee.short, reverse("committee_room", args=[code])), (_("Calls"), "")]
    return committee_page(request, "filings/call/list.html", door="calls", crumbs=crumbs, rows=rows)


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest, code: str) -> HttpResponse:
    """A new call, as a draft."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    start = {"opens_on": today, "period": str(today.year - 1)}
    form = CallForm(seated.committee, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        call = actions.draft_call(
            committee=seated.committee, by=request.user, at=request_time(request), **form.writing()  # type: ignore[arg-type]
        )  # fmt: skip
        messages.success(request, _("Kept as a draft: %(number)s. No school sees it yet.") % {"number": call.number})
        return HttpResponseRedirect(_address("committee_call", call))
    return _form_page(request, form, None)


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Change a draft."""
    call = _call(request, public_id)
    if call.state != "drafted":
        raise Http404
    form = CallForm(call.committee, request.POST if request.method == "POST" else None, initial=initial_of(call))
    if request.method == "POST" and form.is_valid():
        try:
            change_call(call=call, by=request.user, at=request_time(request), **form.writing())  # type: ignore[arg-type]
        except MoveRefused as refused:
            messages.error(request, str(refused.reason))
        else:
            messages.success(request, _("The draft is changed."))
        return HttpResponseRedirect(_address("committee_call", call))
    return _form_page(request, form, call)


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def call_show(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One call: what it asks, what schools see, how far it is; for a draft, the choice of schools."""
    call = _call(request, public_id)
    return _call_page(request, call)


@seat_door("officer", "chair")
@require_POST
def call_open(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """First the question (how many schools, what they will see), then, confirmed, the opening."""
    call = _call(request, public_id)
    schools = _ticked(request)
    if not schools:
        return _call_page(request, call, fault=_("Choose the schools this call goes to."), status=422)
    if "confirmed" not in request.POST:
        return _confirm_page(request, call, schools)
    try:
        actions.open_call(
            call=call, schools=schools, by=request.user, at=request_time(request), version=_number(request, "version"),  # type: ignore[arg-type]
            key=_key(request),
        )  # fmt: skip
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
    else:
        said = ngettext("Sent to %(n)s school.", "Sent to %(n)s schools.", len(schools)) % {"n": len(schools)}
        messages.success(request, said)
    return HttpResponseRedirect(_address("committee_call", call))


@seat_door("officer", "chair")
@require_POST
def call_move(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Close or cancel a call; send one that both issue to the commission, or take it back."""
    call, do = _call(request, public_id), request.POST.get("do", "")
    told: dict[str, Any] = {
        "by": request.user, "at": request_time(request), "version": _number(request, "version"), "key": _key(request),
    }  # fmt: skip
    simple: dict[str, Callable[..., Any]] = {
        "close": actions.close_call,
        "propose": propose_call,
        "take_back": take_back_call,
    }
    try:
        if do in simple:
            simple[do](call=call, **told)
        elif do == "cancel":
            cancel_call(call=call, reason=request.POST.get("reason", ""), **told)
        else:
            raise Http404
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, _("Done: %(state)s.") % {"state": CALL_FLOW.state(call.state).label})
    return HttpResponseRedirect(_address("committee_call", call))


def _visible(seated: Seated) -> QuerySet[Call]:
    calls = Call.objects.filter(committee=seated.committee)
    return calls if seated.seats else calls.exclude(state__in=(*UNSENT, "cancelled"))


def _call(request: HttpRequest, public_id: UUID) -> Call:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    return get_object_or_404(_visible(seated).select_related("committee", "form", "created_by"), public_id=public_id)


def _form_page(request: HttpRequest, form: CallForm, call: Call | None) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    crumbs = [
        (_("Calls"), reverse("committee_calls", args=[seated.committee.code])),
        (call.number if call else _("New call"), ""),
    ]
    span = _span(form)
    unsettled = [str(year) for year in (today.year, today.year + 1) if not is_settled(year)]
    return committee_page(
        request, "filings/call/form.html", door="calls", crumbs=crumbs, form=form, call=call, span=span,
        unsettled=unsettled, status=422 if form.errors else None,
    )  # fmt: skip


def _span(form: CallForm) -> int | None:
    """Working days between the days in the form, as they stand now."""
    cleaned = getattr(form, "cleaned_data", None) or form.initial
    opens, due = cleaned.get("opens_on"), cleaned.get("due_on")
    return workdays_between(opens, due) if opens and due and opens <= due else None


def _call_page(request: HttpRequest, call: Call, fault: str = "", status: int | None = None) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    unsent, to_open = call.state in UNSENT, call.state == ("agreed" if call.co_issued else "drafted")
    counts = boards_of([call], today, only_filed=seated.only_filed)[0][1].counts if not unsent else Counter[str]()
    crumbs = [(_("Calls"), reverse("committee_calls", args=[seated.committee.code])), (call.number, "")]
    return committee_page(
        request, "filings/call/show.html", door="calls", crumbs=crumbs, status=status, call=call, kind=kind_of(call.kind),
        window=CALL_WINDOWS[call.state], state_label=CALL_FLOW.state(call.state).label, meaning=meaning_of(call.disclosure),
        span=workdays_between(call.opens_on, call.due_on), left=workdays_between(today, call.due_on),
        indicators=len(list(call.form.form().indicators())), total=sum(counts.values()), fault=fault, key=uuid4(),
        counts=[(shown, counts[shown.key]) for shown in LEGEND if counts[shown.key]],
        revisions=revisions_of(call) if not unsent else [], unsent=unsent, agreed=agreement_of(call),
        groups=_groups() if to_open and seated.decides else [], ticked={school.pk for school in _ticked(request)},
    )  # fmt: skip


def _confirm_page(request: HttpRequest, call: Call, schools: Sequence[School]) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    crumbs = [
        (_("Calls"), reverse("committee_calls", args=[seated.committee.code])),
        (call.number, _address("committee_call", call)), (pgettext("a call", "Open"), ""),
    ]  # fmt: skip
    return committee_page(
        request, "filings/call/confirm.html", door="calls", crumbs=crumbs, call=call, schools=schools, key=uuid4(),
        groups=[group for group in _groups(schools) if group.schools], meaning=meaning_of(call.disclosure),
        span=workdays_between(call.opens_on, call.due_on), indicators=len(list(call.form.form().indicators())),
        later=call.opens_on > request_day(request),
    )  # fmt: skip


def _groups(schools: Sequence[School] | None = None) -> list[Group]:
    every = list(open_schools()) if schools is None else schools
    groups = [
        Group(kind, str(SchoolType(kind).label), [s for s in every if s.type == kind]) for kind in SchoolType.values
    ]
    return [group for group in groups if group.schools]


def _ticked(request: HttpRequest) -> list[School]:
    """Schools of the ticked types, and those ticked singly, in pinyin order."""
    if request.method != "POST":
        return []
    wanted = Q(type__in=request.POST.getlist("type")) | Q(code__in=request.POST.getlist("school"))
    return list(open_schools().filter(wanted))


def _address(name: str, call: Call) -> str:
    return reverse(name, kwargs={"code": call.committee.code, "public_id": call.public_id})


def _number(request: HttpRequest, field: str) -> int | None:
    value = request.POST.get(field, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None

"""The officer's page of one filing, its decisions, and the evidence sealed with it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.calendar.workdays import workdays_between
from committees.filings import actions, correction_actions
from committees.filings.checking import Sheet, effect_of, neighbours, read_sheet
from committees.filings.clear_filings import drawn_now
from committees.filings.committee_pages import committee_page
from committees.filings.duty_dialogs import duty_parts
from committees.filings.histories import committee_history, filed_moves
from committees.filings.models import Evidence, Filing, Scan
from committees.filings.queries import history_of, notes_at
from committees.filings.slugs import slug_of
from committees.filings.windows_of import SHOWN, Shown, shown_state
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused, open_moves
from committees.workflow.models import Trail
from tenants.clock import request_day, request_time
from tenants.exports import note_payload

MOVES = (
    "take_up", "accept", "return_items", "refuse", "grant_correction", "deny_correction", "order_correction", "keep_old",
)  # fmt: skip

ASK = "ask-"
LONGEST = 1000
_DONE = {
    "take_up": gettext_lazy("Taken up: the school can no longer withdraw it."),
    "accept": gettext_lazy("Accepted: it counts from now on."),
    "return_items": gettext_lazy("Returned: the school sees your questions."),
    "refuse": gettext_lazy("Refused. The school sees the reason."),
    "grant_correction": gettext_lazy("Open for correction: the old figures count until the new version is accepted."),
    "deny_correction": gettext_lazy("Declined. The school sees the reason; nothing changes."),
    "order_correction": gettext_lazy("The school is asked to correct; the old figures count until then."),
    "keep_old": gettext_lazy("Not accepted. The version before goes on counting; the school sees the reason."),
}


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def filing_check(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One filing as the committee sees it."""
    return _page(request, filing_here(request, public_id))


@seat_door("officer", "chair")
@require_POST
def filing_decide(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Take up, accept, return by item, refuse. Who is too late is told who was faster, and keeps what was typed."""
    filing = filing_here(request, public_id)
    do = request.POST.get("do", "")
    if do not in MOVES:
        raise Http404
    asked = questions_in(request)
    try:
        _decide(do, request, filing, asked)
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
        status = 409 if refused.code in {"stale", "key"} else 422
        return _page(request, filing_here(request, public_id), asked, status, reason=request.POST.get("reason", ""))
    messages.success(request, str(_DONE[do]))
    return HttpResponseRedirect(reverse("committee_filing", kwargs={"code": code, "public_id": public_id}))


def _decide(do: str, request: HttpRequest, filing: Filing, asked: dict[str, str]) -> None:
    told: dict[str, Any] = {
        "filing": filing, "by": request.user, "at": request_time(request), "version": _version(request), "key": _key(request),
    }  # fmt: skip
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    move: Callable[..., Any] = {
        "take_up": lambda: actions.take_up(**told),
        "accept": lambda: actions.accept(**told),
        "return_items": lambda: actions.return_items(items=asked, **told),
        "refuse": lambda: actions.refuse(reason=reason, **told),
        "grant_correction": lambda: correction_actions.grant_correction(**told),
        "deny_correction": lambda: correction_actions.deny_correction(reason=reason, **told),
        "order_correction": lambda: correction_actions.order_correction(items=asked, **told),
        "keep_old": lambda: correction_actions.keep_old(reason=reason, **told),
    }[do]
    move()


@seat_door("officer", "chair", "expert", commission=True)
@require_http_methods(["GET", "HEAD"])
def evidence_send(request: HttpRequest, code: str, public_id: UUID, sha256: str) -> HttpResponseBase:
    """A file sealed with one of the filing's versions, for those who may read the filing."""
    filing = filing_here(request, public_id)
    of_filing = {"filing_version__filing": filing, "sha256": sha256}
    evidence = Evidence.objects.filter(**of_filing).order_by("pk").first()
    found = evidence or Scan.objects.filter(**of_filing).order_by("pk").first()
    if found is None:
        raise Http404
    from committees.files.views import file_send

    note_payload(request, what="evidence", number=filing.number)
    # A scan is shown beside the values; other evidence is only ever saved.
    return file_send(request, found, inline=evidence is None)


def filing_here(request: HttpRequest, public_id: UUID) -> Filing:
    """A filing of this committee; the commission sees only what was filed."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    filings = Filing.objects.select_related("school", "call__committee", "call__form", "duty", "latest", "counted")
    if seated.only_filed:
        filings = filings.filter(latest__isnull=False)
    return get_object_or_404(filings, public_id=public_id, call__committee=seated.committee)


def _page(
    request: HttpRequest,
    filing: Filing,
    asked: dict[str, str] | None = None,
    status: int | None = None,
    reason: str = "",
) -> HttpResponse:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    notes = notes_at(filing) if seated.decides else []
    sheet = read_sheet(filing, {note.indicator: note.text for note in notes} if asked is None else asked)
    moves = open_moves(filing, by=request.user, at=request_time(request)) if seated.decides else []  # type: ignore[arg-type]
    may = {move.name for move in moves}
    before, after = neighbours(filing, seated.committee, only_filed=seated.only_filed)
    code = {"code": seated.committee.code}
    crumbs = [
        (_("Board"), f"{reverse('committee_board', kwargs=code)}?call={filing.call.public_id}"),
        (filing.school.name, ""),
    ]
    return committee_page(
        request, "filings/check/filing.html", door="check", crumbs=crumbs, status=status, filing=filing, call=filing.call,
        sheet=sheet,
        events=committee_history(_told(seated, filing), filing.call.form.form()),
        may=may, asks=bool(may & {"return_items", "order_correction"}), asked_why=_asked_why(filing),
        counted_before=filing.counted_id is not None and filing.counted_id != filing.latest_id, key=uuid4(),
        shown=_shown(filing, today, seated), before=before, after=after,
        left=workdays_between(today, filing.duty.due_on), waited=_waited(sheet, today), reason=reason,
        card=slug_of(filing.number) if filing.number and filing.latest_id else "",
        effect=effect_of(sheet) if sheet and moves else None,
        notes=notes, drawn=drawn_now(filing) if seated.decides else None,
        prefix=ASK, longest=LONGEST, **duty_parts(filing, [move.name for move in moves], today),
    )  # fmt: skip


def _told(seated: Seated, filing: Filing) -> QuerySet[Trail]:
    """The history; to whom knows only of what was filed: from the first filing on, without the steps inside the school."""
    trails = history_of(filing)
    return filed_moves(trails) if seated.only_filed else trails


def _asked_why(filing: Filing) -> str:
    """The school's reason, while a correction is asked for."""
    if filing.state != "correction_asked":
        return ""
    asked = Trail.objects.filter(subject=filing.public_id, move="ask_correction").order_by("-version").first()
    return asked.reason if asked else ""


def _shown(filing: Filing, today: date, seated: Seated) -> Shown:
    """The window a filing shows today."""
    days = (filing.call.opens_on, filing.duty.due_on, today)
    counts = filing.counted_id is not None
    return SHOWN[shown_state(filing.state, *days, counts=counts, only_filed=seated.only_filed)]


def _waited(sheet: Sheet | None, today: date) -> int:
    return workdays_between(timezone.localtime(sheet.version.sealed_at).date(), today) if sheet else 0


def questions_in(request: HttpRequest, *, empty: bool = False) -> dict[str, str]:
    """The questions typed beside items, by indicator; with `empty`, also boxes that were emptied."""
    typed = {
        name.removeprefix(ASK): str(value).strip()[:LONGEST]
        for name, value in request.POST.items()
        if name.startswith(ASK)
    }
    return {code: text for code, text in typed.items() if text or empty}


def _version(request: HttpRequest) -> int | None:
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None

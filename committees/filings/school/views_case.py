"""The case page: where a filing stands, what to do now, its sealed versions, its history; payloads to download."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from committees.calendar.queries import load_overrides
from committees.filings.actions import new_key
from committees.filings.flows import EXEMPT, FILING_FLOW
from committees.filings.lateness import lateness_in
from committees.filings.models import Filing, FilingVersion
from committees.filings.presenting import history_lines
from committees.filings.queries import history_of, versions_of
from committees.filings.school.carrying import lost_entries
from committees.filings.school.reads import OPEN_STATES, Work, days_left, filing_of, work_on
from committees.filings.school.running import left_words, steps_of
from committees.filings.sheets import Layout
from committees.filings.wordings import revisions_of
from committees.workflow.advance import may_move, open_moves
from committees.workflow.flow import Move
from tenants.clock import local_day, request_time
from tenants.doors import school_door
from tenants.exports import note_payload
from tenants.signin.paths import localized
from tenants.standing import stand
from tenants.verdicts import Refused


@school_door()
@require_GET
def filing_show(request: Any, public_id: UUID) -> HttpResponse:
    """One case of this school."""
    filing = filing_of(request.school, public_id)
    at = request_time(request)
    versions, trails = list(versions_of(filing)), list(history_of(filing))
    came = lateness_in(trails)
    work = work_on(filing)
    sheet = work.sheet()
    moves = open_moves(filing, by=request.user, at=at)
    main = next((move for move in moves if move.tone == "main"), None)
    stand_on_case(request, filing)
    context = {
        "filing": filing, "call": filing.call, "form": work.answer.form, "state": FILING_FLOW.state(filing.state),
        "left": days_left(filing.duty.due_on, local_day(at), load_overrides()) if filing.state in OPEN_STATES else None,
        "steps": steps_of(filing), "sheet": sheet, "left_words": left_words(sheet), "asked": asked_in(work),
        "main": main, "blocked": _blocked(filing, main, request, at),
        "moves": [move for move in moves if move is not main], "key": new_key(), "versions": versions,
        "receipts": [(version, came.get(version.version)) for version in versions],
        "history": list(reversed(history_lines(trails, work.answer.form))),
        "may_write": bool({"head", "clerk"} & set(request.roles)), "counted": filing.counted_id,
        "revisions": revisions_of(filing.call) if filing.call.version > 1 else [], "lost": lost_entries(work),
        "compares": bool(work.kind.ratios), "has_draft": work.draft is not None and filing.state in OPEN_STATES,
        "keeps_draft": filing.state in EXEMPT and work.draft is not None,
        "roots_href": f"{settings.ASSOCIATION_URL}/roots/",
    }  # fmt: skip
    return render(request, "filings/school/case.html", context)


@school_door()
@require_GET
def filing_payload(request: Any, public_id: UUID, number: int) -> HttpResponse:
    """A sealed version's payload, byte for byte as it was sealed."""
    filing = filing_of(request.school, public_id)
    version = FilingVersion.objects.filter(filing=filing, version=number).first()
    if version is None:
        raise Http404
    note_payload(request, what="payload", number=filing.number, version=version.version)
    name = f"{filing.call.period}-{filing.school.code}-v{version.version}.json"
    return HttpResponse(
        version.payload.encode("utf-8"), content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Payload-SHA256": version.payload_sha256},
    )  # fmt: skip


def stand_on_case(request: Any, filing: Filing, *more: tuple[Any, str]) -> None:
    """Crumbs of a case and of the pages below it."""
    room = filing.call.committee.room
    here = reverse("filing_show", args=[filing.public_id])
    way: list[tuple[Any, str]] = [(_("To do"), localized("/desk/")), (_("Filings"), reverse("school_filings"))]
    way.append((filing.call.title, here))
    stand(request, room, *way, *more)


def asked_in(work: Work) -> list[tuple[str, str, str]]:
    """What the committee asks: (code, name of the item, its words), in the order of the form."""
    layout = Layout(work.answer, ())
    return [(item.code, layout.full_label_of(item), work.questions[item.code]) for item in work.answer.form.indicators()
            if item.code in work.questions]  # fmt: skip


def _blocked(filing: Filing, main: Move | None, request: Any, at: Any) -> Any:
    """Why the first step cannot be made now; nothing for a return that is still being filled in."""
    if main is None or main.name not in {"start", "answer"}:
        return ""
    verdict = may_move(filing, main, by=request.user, at=at)
    return verdict.reason if isinstance(verdict, Refused) else ""

"""Pages of a committee that only look: the room, the board, one school on it, and the board as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from committees.calendar.workdays import workdays_between
from committees.filings.board import Board, Row
from committees.filings.board_asking import Chosen, asked_in, chosen_in, query_of
from committees.filings.board_reads import boards_of, calls_on_board, cell_of, filings_on_board, oldest_sent, read_board
from committees.filings.committee_pages import committee_page
from committees.filings.histories import moves_of_committee
from committees.filings.models import Reminder
from committees.filings.telling import people_by_school
from committees.filings.windows_of import SHOWN
from committees.filings.workbook_files import send_table
from committees.roster.seat_doors import Seated, seat_door
from committees.workbooks.exports import ExportValue
from tenants.clock import request_day
from tenants.exports import note_export
from tenants.models import School, SchoolRole, SchoolType, User

SORTS = {
    "type": gettext_lazy("by type of school"),
    "owed": gettext_lazy("most owed first"),
    "name": gettext_lazy("by name"),
}
MARKED = {"late": gettext_lazy("filed late"), "doubt": gettext_lazy("doubts explained")}
LATEST = 12
#: What of the address says of which returns one reminds.
_SCOPE = ("call", "kind", "year")


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def room_show(request: HttpRequest, code: str) -> HttpResponse:
    """The committee's room: what waits, calls in progress with their counts, the latest moves."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    calls = calls_on_board(seated.committee)
    running = [call for call in calls if call.state == "opened"]
    boards = [
        (call, board, workdays_between(today, call.due_on))
        for call, board in boards_of(running, today, only_filed=seated.only_filed)
    ]
    context: dict[str, Any] = {
        "boards": boards[::-1],
        "oldest": oldest_sent(running, today, only_filed=seated.only_filed),
        "latest": moves_of_committee(seated.committee, only_filed=seated.only_filed)[:LATEST],
        "closed": [call for call in calls if call.state == "closed"][::-1],
    }
    return committee_page(request, "filings/board/room.html", door="room", crumbs=[(_("The room"), "")], **context)


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def board_show(request: HttpRequest, code: str) -> HttpResponse:
    """Schools by calls of one kind, sixty a page; with one call only, what is missing and since when."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today, asked = request_day(request), asked_in(request, SORTS, only_filed=seated.only_filed)
    chosen = chosen_in(request, calls_on_board(seated.committee))
    board = read_board(chosen.calls, asked, today)
    return committee_page(
        request, "filings/board/board.html", door="check" if asked.state == "sent" else "board",
        crumbs=[(seated.committee.short, reverse("committee_room", args=[code])), (_("Board"), "")],
        board=board, chosen=chosen, kind=chosen.kind, kinds=chosen.kinds, calls=chosen.of_kind[::-1],
        call=chosen.only, types=SchoolType.choices, sorts=SORTS, marks=MARKED, today=today, asked=asked,
        query=query_of(request), scope=[(key, value) for key, value in request.GET.items() if key in _SCOPE],
    )  # fmt: skip


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def school_on_board(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """One school towards the committee: what is missing and since when, whom to ask, who reminded it when."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    calls = calls_on_board(seated.committee)
    known = filings_on_board(calls, only_filed=seated.only_filed)
    school = get_object_or_404(School.objects.filter(pk__in=known.order_by().values("school")), public_id=public_id)
    by_call = {call.pk: call for call in calls}
    filings = known.filter(school=school).order_by("-call__period", "-pk")
    cells = [cell_of(filing, by_call[filing.call_id], today, only_filed=seated.only_filed) for filing in filings]
    reminders = Reminder.objects.filter(filing__school=school, filing__call__in=list(by_call))
    return committee_page(
        request, "filings/board/school.html", door="board", row=Row(school, cells), school=school, today=today,
        crumbs=[(_("Board"), reverse("committee_board", args=[code])), (school.name, "")],
        heads=_heads([school], today).get(school.pk, []) if seated.decides else [],
        reminders=[] if seated.only_filed else reminders.select_related("by", "filing__call")[:50],
    )  # fmt: skip


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def board_export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What the board shows, all pages, one line a filing, as .csv or .xlsx; with the heads for those who decide."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today, asked = request_day(request), asked_in(request, SORTS, only_filed=seated.only_filed)
    chosen = chosen_in(request, calls_on_board(seated.committee))
    board = read_board(chosen.calls, asked, today, rows=None)
    heads = _heads([row.school for row in board.rows], today) if seated.decides else None
    titles = [
        _("School"), _("Code"), _("Type"), _("Period"), _("Call"), _("State"), _("Since"), _("Due on"),
        _("Working days"), _("Number of the filing"), _("Version"), _("Last reminded"), _("Days reminded"),
        *([_("Head"), _("Mobile phone"), _("E-mail")] if heads is not None else []),
    ]  # fmt: skip
    note_export(request, what="board", committee=seated.committee.code)
    name = f"{seated.committee.short}-{_named(chosen)}-{today:%Y%m%d}"
    return send_table(form, name, titles, list(_lines(board, heads)), sheet=_("Board"))


def _named(chosen: Chosen) -> str:
    return str(chosen.kind.name) if chosen.kind else ""


def _heads(schools: list[School], today: Any) -> dict[int, list[User]]:
    return people_by_school(schools, today, (SchoolRole.HEAD,))


def _lines(board: Board, heads: dict[int, list[User]] | None) -> Iterator[list[ExportValue]]:
    for row in board.rows:
        for cell in row.given:
            if board.asked.state and cell.key != board.asked.state:
                continue
            filing, counted = cell.filing, cell.key in {"late", "sent", "back"}
            yield [
                row.school.name, row.school.code, str(row.school.get_type_display()), cell.call.period, cell.call.number,
                str(SHOWN[cell.key].word), timezone.localtime(cell.since).date(), filing.duty.due_on,
                cell.days if counted else None, filing.number or "", filing.latest.version if filing.latest else None,
                row.reminded.last_on if row.reminded else None, row.reminded.days if row.reminded else None,
                *(_contact(heads.get(row.school.pk, [])) if heads is not None else []),
            ]  # fmt: skip


def _contact(people: list[User]) -> list[ExportValue]:
    joined = [[person.name, person.phone, person.email] for person in people]
    return [" / ".join(part for part in column if part) for column in zip(*joined, strict=True)] or ["", "", ""]

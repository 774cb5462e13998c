"""Pages of a committee that only look: the room, the board, and the board as a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from committees.calendar.workdays import workdays_between
from committees.filings.board import Asked, Board, boards_of, calls_on_board, read_board
from committees.filings.committee_pages import committee_page
from committees.filings.histories import moves_of_committee
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call
from committees.filings.windows_of import SHOWN
from committees.roster.seat_doors import Seated, seat_door
from committees.workbooks.exports import ExportValue, rows_to_csv, rows_to_xlsx
from tenants.clock import request_day
from tenants.exports import note_export
from tenants.models import SchoolType

SORTS = {
    "type": gettext_lazy("by type of school"),
    "owed": gettext_lazy("most owed first"),
    "name": gettext_lazy("by name"),
}
LATEST = 12


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def room_show(request: HttpRequest, code: str) -> HttpResponse:
    """The committee's room: what waits, calls in progress with their counts, the latest moves."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today = request_day(request)
    calls = calls_on_board(seated.committee)
    running = [call for call in calls if call.state == "opened"]
    boards = [(call, board, workdays_between(today, call.due_on)) for call, board in boards_of(running, today)]
    cells = [cell for _call, board, _left in boards for cell in board.cells]
    context: dict[str, Any] = {
        "boards": boards[::-1],
        "oldest": min((c for c in cells if c.key == "sent"), key=lambda c: c.since, default=None),
        "latest": moves_of_committee(seated.committee, only_filed=seated.only_filed)[:LATEST],
        "closed": [call for call in calls if call.state == "closed"][::-1],
    }
    return committee_page(request, "filings/board/room.html", door="room", crumbs=[(_("The room"), "")], **context)


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def board_show(request: HttpRequest, code: str) -> HttpResponse:
    """Schools by calls of one kind; with one call only, what is missing and since when."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    today, asked = request_day(request), _asked(request)
    calls = calls_on_board(seated.committee)
    kinds = _kinds(calls)
    kind, shown = _chosen(request, calls, kinds)
    board = read_board(shown, asked, today)
    return committee_page(
        request, "filings/board/board.html", door="check" if asked.state == "sent" else "board",
        crumbs=[(seated.committee.short, reverse("committee_room", args=[code])), (_("Board"), "")],
        board=board, kind=kind, kinds=kinds, calls=[call for call in calls if kind and call.kind == kind.code][::-1],
        call=shown[0] if len(shown) == 1 else None, types=SchoolType.choices, sorts=SORTS, today=today, asked=asked,
        query=_query(request),
    )  # fmt: skip


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def board_export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What the board shows, one line a filing, as .csv or .xlsx."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    calls = calls_on_board(seated.committee)
    kind, shown = _chosen(request, calls, _kinds(calls))
    board = read_board(shown, _asked(request), request_day(request))
    titles = [
        _("School"), _("Code"), _("Type"), _("Period"), _("Call"), _("State"), _("Since"), _("Due on"),
        _("Working days"), _("Number of the filing"), _("Version"),
    ]  # fmt: skip
    lines = list(_lines(board, _asked(request).state))
    if form == "csv":
        made, media = rows_to_csv(titles, lines), "text/csv; charset=utf-8"
    else:
        made, media = rows_to_xlsx(titles, lines, name=_("Board")), _XLSX
    note_export(request, what="board", committee=seated.committee.code)
    name = f"{seated.committee.short}-{kind.name if kind else ''}-{request_day(request):%Y%m%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(made.content, content_type=media, headers=headers)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lines(board: Board, state: str) -> Iterator[list[ExportValue]]:
    for row in board.rows:
        for cell in row.given:
            if state and cell.key != state:
                continue
            filing, late = cell.filing, cell.key == "late"
            yield [
                row.school.name, row.school.code, str(row.school.get_type_display()), cell.call.period, cell.call.number,
                str(SHOWN[cell.key].word), timezone.localtime(cell.since).date(), filing.duty.due_on,
                cell.days if late or cell.key in {"sent", "back"} else None, filing.number or "",
                filing.latest.version if filing.latest else None,
            ]  # fmt: skip


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; anything unknown counts as not asked."""
    get = request.GET.get
    state, kind, sort = get("s", ""), get("type", ""), get("sort", "type")
    return Asked(
        state=state if state in SHOWN else "", type=kind if kind in SchoolType.values else "", words=get("q", "")[:60],
        sort=sort if sort in SORTS else "type", every=bool(get("all")),
    )  # fmt: skip


def _query(request: HttpRequest) -> str:
    """The address's own question without the state, so that the legend can add one."""
    query = request.GET.copy()
    for key in ("s", "all"):
        query.pop(key, None)
    return query.urlencode()


def _kinds(calls: Sequence[Call]) -> list[Kind]:
    """Kinds with a call, the one sent out last first."""
    newest = sorted(calls, key=lambda call: call.pk, reverse=True)
    return [kind_of(code) for code in dict.fromkeys(call.kind for call in newest)]


def _chosen(request: HttpRequest, calls: Sequence[Call], kinds: Sequence[Kind]) -> tuple[Kind | None, list[Call]]:
    """The kind and the calls asked for: one call, or all of one kind. Http404 for a call that is not here."""
    wanted = request.GET.get("call", "")
    if wanted:
        found = [call for call in calls if str(call.public_id) == wanted]
        if not found:
            raise Http404
        return kind_of(found[0].kind), found
    codes = [kind.code for kind in kinds]
    code = request.GET.get("kind", "")
    busiest = _busiest(calls)
    kind = kind_of(code) if code in codes else (kind_of(busiest.kind) if busiest else None)
    return kind, [call for call in calls if kind and call.kind == kind.code]


def _busiest(calls: Sequence[Call]) -> Call | None:
    """Where one lands without asking: the open call that is due first, else the newest."""
    running = [call for call in calls if call.state == "opened"]
    return min(running, key=lambda call: call.due_on, default=calls[-1] if calls else None)

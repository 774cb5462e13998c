"""What the address of a board asks for: the calls that are its columns, filters, order, page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from committees.filings.board import MARKS, Asked
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call
from committees.filings.windows_of import SHOWN
from tenants.models import SchoolType


@dataclass(frozen=True)
class Chosen:
    """The calls chosen (columns), of which kind; `of_kind`: all calls of it; `years`: in which there are some."""

    calls: Sequence[Call]
    kind: Kind | None
    kinds: Sequence[Kind]
    of_kind: Sequence[Call]
    years: Sequence[str] = ()
    year: str = ""

    @property
    def only(self) -> Call | None:
        """The call, when it is a single one."""
        return self.calls[0] if len(self.calls) == 1 else None


def asked_in(request: HttpRequest, sorts: Iterable[str], *, only_filed: bool) -> Asked:
    """What the address asks for; anything unknown counts as not asked."""
    get = request.GET.get
    state, kind, sort, mark, page = (
        get("s", ""),
        get("type", ""),
        get("sort", "type"),
        get("mark", ""),
        get("page", "1"),
    )
    return Asked(
        state=state if state in SHOWN else "", mark=mark if mark in MARKS else "",
        type=kind if kind in SchoolType.values else "", words=get("q", "")[:60].replace("\x00", ""),
        sort=sort if sort in sorts else "type", page=int(page) if page.isdecimal() and len(page) < 6 else 1,
        every=bool(get("all")), only_filed=only_filed,
    )  # fmt: skip


def query_of(request: HttpRequest) -> str:
    """The address's own question without state and page, so that the legend can add one."""
    query = request.GET.copy()
    for key in ("s", "all", "page"):
        query.pop(key, None)
    return query.urlencode()


def chosen_in(request: HttpRequest, calls: Sequence[Call]) -> Chosen:
    """The calls asked for among a committee's: one, a year of one kind, or the kind that is due next. Http404 for a call
    that is not here."""
    kinds = _kinds(calls)
    if wanted := request.GET.get("call", ""):
        found = [call for call in calls if str(call.public_id) == wanted]
        if not found:
            raise Http404
        own = [call for call in calls if call.kind == found[0].kind]
        return Chosen(found, kind_of(found[0].kind), kinds, own, _years(own))
    code, busiest = request.GET.get("kind", ""), _busiest(calls)
    known = code if code in [kind.code for kind in kinds] else busiest.kind if busiest else ""
    own = [call for call in calls if call.kind == known]
    years = _years(own)
    year = request.GET.get("year", "")
    year = year if year in years else ""
    shown = [call for call in own if not year or call.period.startswith(year)]
    return Chosen(shown, kind_of(known) if known else None, kinds, own, years, year)


def _years(calls: Sequence[Call]) -> list[str]:
    """Years of several periods, the latest first; empty where each year has one call."""
    found = [call.period[:4] for call in calls]
    return sorted(set(found), reverse=True) if len(set(found)) < len(found) else []


def _kinds(calls: Sequence[Call]) -> list[Kind]:
    """Kinds with a call, the one sent out last first."""
    newest = sorted(calls, key=lambda call: call.pk, reverse=True)
    return [kind_of(code) for code in dict.fromkeys(call.kind for call in newest)]


def _busiest(calls: Sequence[Call]) -> Call | None:
    """Where one lands without asking: the open call that is due first, else the newest."""
    running = [call for call in calls if call.state == "opened"]
    return min(running, key=lambda call: call.due_on, default=calls[-1] if calls else None)

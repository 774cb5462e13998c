"""What happened to filings, in the words that each reader may have: the committee, and the public. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from committees.filings.flows import FILING_FLOW, FILING_MOVES, SCHOOL_ROLES
from committees.filings.models import Filing
from committees.filings.presenting import acted, full_names
from committees.filings.schema import Form
from committees.roster.models import Committee
from committees.workflow.models import Trail
from tenants.models import School

#: Moves inside a school; the association learns that they happened, never the words.
INSIDE = frozenset({"start", "answer", "request_approval", "send_back", "recall"})
#: What a reader of filed things alone is not told even after a first filing: how far the next version has come, how long
#: a school may take for it, what it says of what it does not file.
UNTOLD = INSIDE | {"renew", "extend", "say_none", "recall_none", "decline_none", "reopen", "drop_correction"}
#: What a public card tells: the start, and what passed between school and committee.
PUBLIC = frozenset(
    "start file file_scan withdraw return_items accept refuse confirm_none waive release grant_correction order_correction "
    "keep_old".split()
)


@dataclass(frozen=True)
class Event:
    """One move as a line: window, verb, who (a name, or the role alone), when, and words where there are any."""

    state: str
    label: str | Promise
    who: str
    at: datetime
    said: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Latest:
    """A move with the filing it moved, for a list over many filings."""

    event: Event
    filing: Filing


_WINDOWS = {
    "start": "draft", "answer": "draft", "request_approval": "appr", "send_back": "draft", "recall": "draft",
    "file": "sent", "withdraw": "draft", "take_up": "sent", "return_items": "back", "accept": "ok", "refuse": "back",
    "say_none": "ask", "recall_none": "todo", "confirm_none": "void", "decline_none": "todo", "extend": "todo",
    "waive": "void", "reopen": "todo", "renew": "draft", "release": "void",
    "file_scan": "sent", "ask_correction": "ask", "unask_correction": "ok", "grant_correction": "fix",
    "deny_correction": "ok", "order_correction": "fix", "drop_correction": "ok", "keep_old": "ok",
}  # fmt: skip


def filed_moves(trails: QuerySet[Trail]) -> QuerySet[Trail]:
    """Of one filing's moves those that a reader of filed things alone may know: from the first filing on, and none that
    a school made in its own books while it prepares the next version."""
    first = trails.filter(move__in=FILING_MOVES).values_list("version", flat=True).first()
    if not first:
        return trails.none()
    return trails.filter(version__gte=first).exclude(move__in=UNTOLD)


def moves_of_committee(committee: Committee, *, only_filed: bool, most: int = 12) -> list[Latest]:
    """The latest moves of all filings of a committee's calls, newest first. Two queries. `only_filed`: nothing of what
    was never filed."""
    filings = Filing.objects.filter(call__committee=committee)
    if only_filed:
        filings = filings.filter(latest__isnull=False)
    moves = Trail.objects.filter(flow=FILING_FLOW.name, subject__in=filings.values("public_id"))
    if only_filed:
        filed = Trail.objects.filter(
            subject=OuterRef("subject"), move__in=FILING_MOVES, version__lte=OuterRef("version")
        )
        moves = moves.filter(Exists(filed)).exclude(move__in=UNTOLD)
    trails = list(moves.select_related("by").order_by("-at", "-pk")[:most])
    found = filings.filter(public_id__in=[trail.subject for trail in trails]).select_related("school", "call")
    by_subject = {filing.public_id: filing for filing in found}
    return [Latest(_event(trail, named=True), by_subject[trail.subject]) for trail in trails]


def committee_history(trails: QuerySet[Trail] | Sequence[Trail], form: Form) -> list[Event]:
    """All moves with names and questions; the words that passed inside the school stay there."""
    names = full_names(form)
    return [_event(trail, named=True, items=names) for trail in trails]


def public_history(trails: QuerySet[Trail] | Sequence[Trail], school: School, committee: Committee) -> list[Event]:
    """What the public reads: school or committee instead of names, no words at all."""
    lines = []
    for trail in trails:
        if trail.move in PUBLIC:
            who = school.name if trail.role in SCHOOL_ROLES else committee.name
            event = _event(trail, named=False)
            lines.append(Event(event.state, event.label, who, event.at, "", event.version))
    return lines


def _event(trail: Trail, *, named: bool, items: Mapping[str, str] | None = None) -> Event:
    role = str(FILING_FLOW.roles.get(trail.role, ""))
    name = acted(trail) if named else ""
    said = trail.reason if named and trail.move not in INSIDE else ""
    asked: dict[str, str] = trail.facts.get("items") or {}
    if items and asked:
        words = [
            _("%(item)s: %(question)s") % {"item": items.get(code, code), "question": text}
            for code, text in asked.items()
        ]
        said = "\n".join([*([said] if said else []), *words])
    version = trail.facts.get("version") if trail.move in FILING_MOVES else None
    return Event(_WINDOWS[trail.move], FILING_FLOW.move(trail.move).label, name or role, trail.at, said, version)

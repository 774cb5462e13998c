"""What changed in a call after schools had read it: each change with its reason, old and new words side by side. No writes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.filings.models import Call
from committees.workflow.models import Trail

Text = str | Promise
NAMES: dict[str, Text] = {
    "title_zh": gettext_lazy("Chinese title"), "title_en": gettext_lazy("English title"), "text": gettext_lazy("text"),
    "attribution": gettext_lazy("source of the figures"), "due_on": gettext_lazy("due on"),
    "form": gettext_lazy("form"), "schools": gettext_lazy("schools"),
}  # fmt: skip
MOVES = ("reword", "change_form", "add_schools", "cancel")
#: A Latin word or a number is one piece, everything else a sign by itself: Chinese has no blanks to cut at.
_PIECES = re.compile(r"[A-Za-z0-9.,%-]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of words: `how` is same, gone or new."""

    how: str
    words: str


@dataclass(frozen=True)
class Change:
    """One field that changed."""

    name: Text
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Revision:
    """One change of a call: when, by whom, why, and what of it."""

    at: datetime
    who: str
    reason: str
    changes: Sequence[Change]
    cancelled: bool = False


def revisions_of(call: Call) -> list[Revision]:
    """All changes after opening, newest first. One query."""
    trails = Trail.objects.filter(subject=call.public_id, move__in=MOVES).select_related("by").order_by("-version")
    return [_revision(trail) for trail in trails]


def difference(before: str, after: str) -> list[Piece]:
    """Two texts as one, with what is gone and what is new marked; together the same and the new give `after`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [
            Piece(how, words) for how, words in (("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))) if words
        ]
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind in one piece."""
    found = [pieces[0]] if pieces else []
    for before, piece in pairwise(pieces):
        if piece.how == before.how:
            found[-1] = Piece(piece.how, found[-1].words + piece.words)
        else:
            found.append(piece)
    return found


def _revision(trail: Trail) -> Revision:
    who = str(trail.by) if trail.by else _("the system")
    return Revision(trail.at, who, trail.reason, list(_changes(trail)), trail.move == "cancel")


def _changes(trail: Trail) -> Iterable[Change]:
    facts = trail.facts
    if trail.move == "reword":
        for name, after in facts["after"].items():
            before = facts["before"][name]
            if name == "due_on":
                yield Change(NAMES[name], [Piece("gone", _day(before)), Piece("new", _day(after))])
            else:
                yield Change(NAMES[name], difference(before, after))
    elif trail.move == "change_form":
        yield Change(NAMES["form"], [Piece("gone", facts["from"]), Piece("new", facts["to"])])
    elif trail.move == "add_schools":
        yield Change(NAMES["schools"], [Piece("new", f"+{facts['schools']}")])


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()

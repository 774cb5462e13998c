"""Comments as both sides read them. No writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from committees.commission.models import Talk
from committees.filings.flows import UNSENT
from committees.filings.models import Call
from committees.workflow.models import Trail

#: Words, and the close, which has none.
SPOKEN = ("ask", "answer", "close")


@dataclass(frozen=True)
class Conversation:
    """A comment with everything said; `figures` are those of its first words, `moved` when they are others by now."""

    talk: Talk
    turns: Sequence[Trail]
    moved: bool


def talks_of(call: Call, now: str = "") -> list[Conversation]:
    """All comments about a call, open ones first, then the newest; `now`: the digest of its figures. Two queries."""
    talks = sorted(call.talks.order_by("-begun_at", "-pk"), key=lambda talk: talk.state == "closed")
    said = spoken(talks)
    return [Conversation(talk, turns := said.get(talk.pk, []), _moved(turns, now)) for talk in talks]


def spoken(talks: Iterable[Talk]) -> dict[int, list[Trail]]:
    """What was said in some comments, oldest first, by their keys. One query."""
    by_subject = {talk.public_id: talk.pk for talk in talks}
    found: dict[int, list[Trail]] = {}
    moves = Trail.objects.filter(flow="talk", subject__in=by_subject, move__in=SPOKEN).select_related("by")
    for trail in moves.order_by("subject", "version"):
        found.setdefault(by_subject[trail.subject], []).append(trail)
    return found


def calls_between() -> QuerySet[Call]:
    """Calls that the commission has to do with: issued together and proposed to it, or commented on; with `open_talks`
    and `talks_in_all`. What a committee only drafts is not among them."""
    concerned = Q(co_issued=True) | Q(talks__isnull=False)
    rows = Call.objects.filter(concerned).exclude(state="drafted").select_related("committee")
    open_ones = Count("talks", filter=~Q(talks__state="closed"), distinct=True)
    counted = rows.annotate(open_talks=open_ones, talks_in_all=Count("talks", distinct=True))
    return counted.order_by("-pk")


def open_talks(calls: Iterable[Call]) -> dict[int, int]:
    """How many comments are open about some calls. One query."""
    rows = Talk.objects.filter(call__in=calls).exclude(state="closed").order_by().values("call").annotate(n=Count("pk"))
    return dict(rows.values_list("call", "n"))


def is_told(call: Call) -> bool:
    """Whether the commission may know of a call at all."""
    return call.state not in ("drafted", "cancelled") and (call.co_issued or call.state not in UNSENT)


def _moved(turns: Sequence[Trail], now: str) -> bool:
    first = next((trail.facts.get("figures") for trail in turns if trail.facts.get("figures")), None)
    return bool(now and first and first != now)

"""What the commission has said about a call that it issues together with a committee. No writes."""

from dataclasses import dataclass
from datetime import datetime

from committees.filings.models import Call
from committees.workflow.models import Trail


@dataclass(frozen=True)
class Agreement:
    """The last word of the commission on a call: agreed, or given back with a reason."""

    agreed: bool
    who: str
    at: datetime
    reason: str = ""


def agreement_of(call: Call) -> Agreement | None:
    """What the commission said last, if anything; an agreement to a text that was taken back since is none. One query for
    a call that both issue, none for another."""
    if not call.co_issued:
        return None
    moves = Trail.objects.filter(subject=call.public_id, move__in=("agree", "decline", "take_back", "propose"))
    last = moves.select_related("by").order_by("-version").first()
    if last is None or last.move not in {"agree", "decline"}:
        return None
    return Agreement(last.move == "agree", str(last.by), last.at, last.reason)

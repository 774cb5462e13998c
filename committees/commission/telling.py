"""Who is told of a comment, and on whose desk it lies."""

from django.utils.translation import gettext_lazy as _

from committees.commission.models import Talk
from committees.filings.telling import is_quiet, officers_of, people_of_commission
from committees.notices.actions import tell
from committees.notices.messages import Both, Letter, Message, both
from committees.workflow.models import DeskEntry, Trail
from tenants.clock import local_day

#: move -> (title, words) as the other side reads it.
_TOLD = {
    "ask": (_("The commission comments: %(title)s"), _("About “%(subject)s”. Answer on the page of the comment.")),
    "answer": (_("The committee answers: %(title)s"), _("About “%(subject)s”. Read it, then answer or close.")),
    "close": (_("Closed: %(title)s"), _("The comment about “%(subject)s” is closed.")),
}


def path_of(talk: Talk) -> str:
    """The page on which both sides read a comment, on the association's host."""
    return f"/committees/{talk.call.committee.code}/calls/{talk.call.public_id}/commission/"


def talk_moved(talk: Talk, trail: Trail) -> None:
    """Tell the other side, but for the one who wrote."""
    if is_quiet():
        return
    day, (title, words) = local_day(trail.at), _TOLD[trail.move]
    people = officers_of(talk.call.committee, day) if trail.role == "commission" else people_of_commission(day)
    values = {"title": talk.call, "subject": Both(talk.title, talk.title)}
    message = Message(
        topic=f"talk.{trail.move}", title=both(title, values), words=both(words, values), path=path_of(talk),
        is_duty=trail.move != "close", subject=talk.public_id, quoted=trail.reason,
    )  # fmt: skip
    tell(letters=[Letter(person, message) for person in people if person.pk != (trail.by_id or 0)], at=trail.at)


def talk_desk(talk: Talk, trail: Trail) -> list[DeskEntry]:
    """An open comment lies with the side that answers next."""
    code = talk.call.committee.code
    audience = {"with_committee": f"committee:{code}:officer", "with_commission": "association:commission"}.get(
        talk.state
    )
    if audience is None:
        return []
    return [
        DeskEntry(
            audience=audience, room=talk.call.committee.room, subject=talk.subject, verb="reply", path=path_of(talk),
            title_zh=talk.call.title_zh[:200], title_en=talk.call.title_en[:200], tone="todo", due_on=None,
            created_at=trail.at,
        )
    ]  # fmt: skip

"""Who is told what when a call or a return moves: written in the move's own transaction, mailed by the worker."""

# Chinese text: how a day is written in Chinese.

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.filings.approvals import deputies_on
from committees.filings.flows import UNFILED
from committees.filings.models import Call, Filing
from committees.filings.told_words import CALL_MOVES, CO_ISSUE_MOVES, FILING_MOVES, Told
from committees.notices.actions import tell
from committees.notices.messages import Both, Letter, Message, both
from committees.roster.models import Seat, SeatKind
from committees.workflow.models import Trail
from tenants.clock import local_day
from tenants.models import AssociationPost, AssociationRole, Membership, School, SchoolRole, User, in_force

_quiet: ContextVar[bool] = ContextVar("filing_untold", default=False)


@contextmanager
def untold() -> Iterator[None]:
    """Inside, moves tell nobody (demo content, imports of earlier years)."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_quiet() -> bool:
    """Whether moves tell nobody now (for other rooms that tell of calls)."""
    return _quiet.get()


def filing_moved(filing: Filing, trail: Trail) -> None:
    """Tell the people concerned, but for the one who made the move."""
    told = FILING_MOVES.get(trail.move)
    if told is None or _quiet.get():
        return
    row = Filing.objects.select_related("school", "call__committee", "duty").get(pk=filing.pk)
    letters = []
    for group in told.groups:
        message = _message(told, row, trail, filing.number, group)
        letters += [Letter(person, message) for person in _people(row, group, trail)]
    tell(letters=letters, at=trail.at)


def call_moved(call: Call, trail: Trail) -> None:
    """A call that opens or changes is told to the schools that have not filed: a fixed number of queries."""
    if _quiet.get():
        return
    if call.co_issued and trail.move in CO_ISSUE_MOVES:
        tell(letters=_between_issuers(call, trail), at=trail.at)
    told = CALL_MOVES.get(trail.move)
    if told is None:
        return
    rows = Filing.objects.filter(call=call, state__in=(*UNFILED, "returned"))
    if trail.move != "reword":
        rows = rows.filter(state_since=trail.at)
    filings = list(rows.select_related("school", "call__committee", "duty"))
    people = people_by_school([filing.school for filing in filings], local_day(trail.at))
    letters = [
        Letter(person, _message(told, filing, trail, filing.number, "clerk"))
        for filing in filings
        for person in people.get(filing.school_id, [])
    ]
    tell(letters=letters, at=trail.at)


def _between_issuers(call: Call, trail: Trail) -> list[Letter]:
    """What a move of a call that both issue tells the other of the two."""
    told, day = CO_ISSUE_MOVES[trail.move], local_day(trail.at)
    values = {"title": call, "committee": call.committee}
    page = f"/committees/{call.committee.code}/calls/{call.public_id}/"
    letters = []
    for group in told.groups:
        message = Message(
            topic=f"{trail.flow}.{trail.move}", title=both(told.title, values), words=both(told.words, values),
            path=page if group == "officer" else f"{page}commission/", is_duty=told.is_duty, subject=call.public_id,
            quoted=trail.reason,
        )  # fmt: skip
        people = officers_of(call.committee, day) if group == "officer" else people_of_commission(day)
        letters += [Letter(person, message) for person in people if person.pk != (trail.by_id or 0)]
    return letters


def people_of_commission(day: date) -> Iterable[User]:
    """Who speaks for the education commission on a day."""
    posts = AssociationPost.objects.filter(in_force(day), role=AssociationRole.COMMISSION)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True)


def _message(told: Told, filing: Filing, trail: Trail, number: str | None, group: str) -> Message:
    school, path = place_of(filing, group)
    values = {
        "title": filing.call, "school": filing.school, "number": number or "", "committee": _asking(filing.call, trail),
        "who": str(trail.by) if trail.by else both(_("the system")), "due": day_in_words(filing.duty.due_on),
    }  # fmt: skip
    return Message(
        topic=f"{trail.flow}.{trail.move}", title=both(told.title, values), words=both(told.words, values), path=path,
        is_duty=told.is_duty, school=school, subject=filing.public_id, quoted=trail.reason,
    )  # fmt: skip


def _asking(call: Call, trail: Trail) -> Any:
    """Who speaks in a message: both issuers where a call itself moves, the committee alone in its decisions."""
    return Both(call.issuer_zh, call.issuer_en) if trail.flow == "call" else call.committee


def people_by_school(
    schools: Sequence[School], day: date, roles: Sequence[str] = (SchoolRole.CLERK, SchoolRole.HEAD)
) -> dict[int, list[User]]:
    """Who holds one of `roles` in each of some schools on a day, each person once a school. One query."""
    held = Membership.objects.filter(in_force(day), school__in=schools, role__in=roles, user__is_active=True)
    found: dict[int, dict[int, User]] = {}
    for post in held.select_related("user").order_by("role", "pk"):
        found.setdefault(post.school_id, {})[post.user_id] = post.user
    return {school: list(people.values()) for school, people in found.items()}


def officers_of(committee: Any, day: date) -> Iterable[User]:
    """Who decides on a committee on a day."""
    seats = Seat.objects.filter(in_force(day), committee=committee, kind__in=[SeatKind.OFFICER, SeatKind.CHAIR])
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def place_of(filing: Filing, group: str) -> tuple[School | None, str]:
    """Whose page of a filing a group reads: the school's own, or the committee's."""
    if group == "officer":
        return None, f"/committees/{filing.call.committee.code}/filings/{filing.public_id}/"
    return filing.school, f"/filings/{filing.public_id}/"


def day_in_words(day: date) -> Both:
    """A day as both languages write it."""
    return Both(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}")


def _people(filing: Filing, group: str, trail: Trail) -> list[User]:
    day = local_day(trail.at)
    found = (
        officers_of(filing.call.committee, day)
        if group == "officer"
        else people_by_school([filing.school], day, (SchoolRole(group),)).get(filing.school_id, [])
    )
    if group == "head":
        found = [*found, *(row.deputy for row in deputies_on(filing.school, day))]
    return [person for person in dict.fromkeys(found) if person.pk != (trail.by_id or 0)]

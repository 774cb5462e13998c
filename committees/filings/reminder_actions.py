"""Writes of reminders: by a person, of one, some or all; by the job, some working days before a return is due."""

# Chinese text: what a robot says in a group chat.

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import is_workday, workdays_between
from committees.filings.flows import UNFILED
from committees.filings.models import Call, Filing, Reminder
from committees.filings.rules import call_roles
from committees.filings.telling import day_in_words, people_by_school
from committees.notices.actions import post_by_robots, tell
from committees.notices.messages import Both, Letter, Message, both
from committees.workflow.advance import MoveRefused
from tenants.clock import local_day
from tenants.models import User

#: States in which a school can be reminded: it has the return in hand.
REMINDABLE = (*UNFILED, "returned")
MOST_NAMES = 20
_LATE = gettext_lazy("Overdue: %(title)s"), gettext_lazy("%(committee)s asks for this return; it was due on %(due)s.")
_BACK = (
    gettext_lazy("Please answer the questions: %(title)s"),
    gettext_lazy("%(committee)s sent this return back with questions and waits for your answer."),
)
_SOON = (
    gettext_lazy("Due on %(due)s: %(title)s"),
    gettext_lazy("%(committee)s reminds you of this return, due on %(due)s."),
)


@dataclass(frozen=True)
class Outcome:
    """What a reminder did: returns reminded of, schools they belong to, and those left out because reminded today."""

    reminded: int
    schools: int
    left_out: int


def remind(
    *, filings: Sequence[Filing], by: User, at: datetime, note: str = "", robots: bool = False
) -> Outcome:  # fmt: skip
    """Remind schools of returns of one committee: clerk and head, in the portal and by mail, and the committee's groups by
    robot. What was reminded of today, and what is not in a school's hand, is left out.

    Raises MoveRefused for people without a deciding seat.
    """
    if not filings:
        return Outcome(0, 0, 0)
    if not call_roles(filings[0].call, by, at) & {"chair", "officer"}:
        raise MoveRefused(_("This is not yours to do."), code="role")
    day = local_day(at)
    rows = [Reminder(filing=one, day=day, due_on=one.duty.due_on, by=by, at=at, note=note[:500]) for one in filings]
    with transaction.atomic():
        found = _write(rows)
        _tell(found, day, note, at)
        if robots and found:
            post_by_robots(owner=f"committee:{found[0].call.committee.code}", words=_in_group(found, day), at=at)
    return Outcome(len(found), len({one.school_id for one in found}), len(filings) - len(found))


def remind_before_due(*, at: datetime) -> int:
    """Remind of what is due in as many working days as its call says, on working days; returns of how many returns.

    A day on which the worker slept is made up for; what was filed, waived or reminded of today is left out.
    """
    day, exceptional = local_day(at), load_overrides()
    if not is_workday(day, exceptional):
        return 0
    in_hand = Filing.objects.filter(state__in=UNFILED, counted__isnull=True)
    open_ones = in_hand.filter(call__state="opened", duty__due_on__gte=day)
    rows = [
        Reminder(filing=one, day=day, due_on=one.duty.due_on, step=step, at=at)
        for one in open_ones.select_related("school", "duty", "call__committee")
        if (step := _step(one.call, one.duty.due_on, day)) is not None
    ]
    with transaction.atomic():
        found = _write(rows)
        _tell(found, day, "", at)
    return len(found)


def change_reminders(*, call: Call, days: Iterable[int], by: User, at: datetime) -> Call:
    """Say how many working days before its day a call reminds by itself (none: it does not). At most five, 1 to 60.

    Raises MoveRefused for people without a deciding seat, and for other days.
    """
    if not call_roles(call, by, at) & {"chair", "officer"}:
        raise MoveRefused(_("This is not yours to do."), code="role")
    wanted = sorted(set(days), reverse=True)
    if len(wanted) > 5 or any(not 1 <= number <= 60 for number in wanted):
        raise MoveRefused(_("Give up to five numbers of working days between 1 and 60, as in 7, 3, 1."), code="guard")
    Call.objects.filter(pk=call.pk).update(remind_before=wanted)
    call.remind_before = wanted
    return call


def _step(call: Call, due_on: date, day: date) -> int | None:
    """The step that has been reached: the smallest one that is not smaller than the working days left. Steps that lay
    before the call's opening are no steps."""
    left, whole = workdays_between(day, due_on), workdays_between(call.opens_on, due_on)
    return min((step for step in call.remind_before if left <= step < whole), default=None)


def _write(rows: Sequence[Reminder]) -> list[Filing]:
    """Write what may be written and return the returns it was written for: the constraints decide, so that of two who
    press at once one wins. Rows are locked first, so that none is filed in between."""
    batch = uuid4()
    held = Filing.objects.select_for_update(of=("self",)).filter(pk__in=[row.filing_id for row in rows])
    in_hand = set(held.filter(state__in=REMINDABLE).order_by("pk").values_list("pk", flat=True))
    fresh = [row for row in rows if row.filing_id in in_hand]
    for row in fresh:
        row.batch = batch
    Reminder.objects.bulk_create(sorted(fresh, key=lambda row: row.filing_id), ignore_conflicts=True)
    won = set(Reminder.objects.filter(batch=batch).values_list("filing", flat=True))
    return [row.filing for row in fresh if row.filing_id in won]


def _tell(filings: Sequence[Filing], day: date, note: str, at: datetime) -> None:
    people = people_by_school([one.school for one in filings], day) if filings else {}
    letters = [
        Letter(person, _message(one, day, note)) for one in filings for person in people.get(one.school_id, [])
    ]  # fmt: skip
    if letters:
        tell(letters=letters, at=at)


def _message(filing: Filing, day: date, note: str) -> Message:
    title, words = _BACK if filing.state == "returned" else _LATE if filing.duty.due_on < day else _SOON
    values = {"title": filing.call, "committee": filing.call.committee, "due": day_in_words(filing.duty.due_on)}
    return Message(
        topic="filing.remind", title=both(title, values), words=both(words, values), path=f"/filings/{filing.public_id}/",
        is_duty=True, school=filing.school, subject=filing.public_id, quoted=note,
    )  # fmt: skip


def _in_group(filings: Sequence[Filing], day: date) -> Both:
    """What a robot says: the calls, how many schools, and the first names."""
    names = {one.school_id: one.school.name_zh for one in filings}
    titles = "、".join(dict.fromkeys(f"《{one.call.title_zh}》" for one in filings))
    rest = "等" if len(names) > MOST_NAMES else ""
    listed = "、".join(list(names.values())[:MOST_NAMES])
    zh = f"【催报】{titles}还有{len(names)}所学校要办：{listed}{rest}。请登录平台查看待办。"
    return Both(zh, zh)

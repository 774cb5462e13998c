"""What the worker does with notices that wait: one mail a person, one message a robot. Each runs twice without harm."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import is_workday
from committees.notices.mailing import mail_of
from committees.notices.models import MailState, Notice, RobotPost
from committees.notices.queries import posts_to_send, to_mail
from committees.notices.robots import RobotFailed, robot_door
from tenants.clock import local_day

#: Notices taken at a time; the rest follows with the next minute.
MOST = 500
DIGEST_AT = time(8)


def send_waiting(*, at: datetime) -> int:
    """Mail what people want at once, all of one person in one mail; returns how many mails."""
    return _send(MailState.WAITING, None, at)


def send_digests(*, at: datetime) -> int:
    """Mail what was gathered before eight o'clock of this working day (Shanghai); on other days nothing.

    May run every hour: what comes after eight waits for the next working day.
    """
    day = local_day(at)
    eight = timezone.make_aware(datetime.combine(day, DIGEST_AT), timezone.get_default_timezone())
    if at < eight or not is_workday(day, load_overrides()):
        return 0
    return _send(MailState.DAILY, eight, at)


def send_posts(*, at: datetime) -> int:
    """Let robots say what waits; what fails is tried again by the next runs, five times at most. Returns how many went."""
    went = 0
    for post in posts_to_send()[:MOST]:
        went += _post(post.pk, at)
    return went


def _send(state: MailState, before: datetime | None, at: datetime) -> int:
    """Marked and handed to the queue in one transaction: a mail leaves once, or not yet."""
    count = 0
    with transaction.atomic():
        rows = list(to_mail(state, before).select_for_update(of=("self",), skip_locked=True)[:MOST])
        for batch in _by_person(rows):
            mail_of(batch).send()
            count += 1
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mail=MailState.SENT, mailed_at=at)
    return count


def _by_person(rows: list[Notice]) -> Iterator[list[Notice]]:
    """Rows by person; who has taken the address away in the meantime gets none."""
    for _person, batch in groupby(rows, key=lambda row: row.person_id):
        found = list(batch)
        if found[0].person.email and found[0].person.is_active:
            yield found


def _post(pk: int, at: datetime) -> int:
    """One message: locked while it is sent, so that two workers do not say it twice."""
    with transaction.atomic():
        post = posts_to_send().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
        if post is None:
            return 0
        try:
            robot_door()(post.robot, post.words)
        except RobotFailed as error:
            RobotPost.objects.filter(pk=pk).update(tries=post.tries + 1, error=str(error)[:200])
            return 0
        RobotPost.objects.filter(pk=pk).update(tries=post.tries + 1, sent_at=at, error="")
    return 1

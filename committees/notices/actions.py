"""Writes of notices: telling, reading, choosing; robots; addresses that took no mail; putting off; the calendar's secret."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.notices.messages import Both, Letter, both
from committees.notices.models import (
    CalendarFeed,
    MailChoice,
    MailFailure,
    MailState,
    Notice,
    Rhythm,
    Robot,
    RobotKind,
    RobotPost,
    Snooze,
)
from committees.notices.queries import choices_of, robots_of
from committees.notices.rules import LONGEST_SNOOZE, robot_fault
from tenants.models import User

_TRY = gettext_lazy("A message to try the robot, sent by %(who)s.")


class NoticeRefused(Exception):
    """The write is not made; the text says why in the reader's language."""


def tell(*, letters: Iterable[Letter], at: datetime) -> list[Notice]:
    """Write notices in the caller's transaction; the same message reaches a person once. Mails follow by the worker.

    Who has closed the account is left out. Two queries, however many.
    """
    once = {(one.person.pk, one.message.topic, one.message.subject): one for one in letters if one.person.is_active}
    wanted = choices_of(one.person for one in once.values()) if once else {}
    return Notice.objects.bulk_create(_notice(one, wanted.get(one.person.pk), at) for one in once.values())


def _notice(letter: Letter, choice: MailChoice | None, at: datetime) -> Notice:
    message = letter.message
    return Notice(
        person=letter.person, topic=message.topic, subject=message.subject, is_duty=message.is_duty,
        title_zh=message.title.zh[:200], title_en=message.title.en[:250], words_zh=message.words.zh,
        words_en=message.words.en, quoted=message.quoted, school=message.school, path=message.path, created_at=at,
        mail=_mail_state(letter, choice),
    )  # fmt: skip


def _mail_state(letter: Letter, choice: MailChoice | None) -> MailState:
    if not letter.person.email:
        return MailState.NONE
    if choice is None:
        return MailState.WAITING
    if choice.only_duties and not letter.message.is_duty:
        return MailState.NONE
    return MailState.DAILY if choice.rhythm == Rhythm.DAILY else MailState.WAITING


def read_notice(*, notice: Notice, by: User, at: datetime) -> None:
    """The person has opened it; again changes nothing. NoticeRefused for another person's."""
    if notice.person_id != by.pk:
        raise NoticeRefused(_("This is not yours to do."))
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def read_all(*, by: User, at: datetime) -> int:
    """Everything the person was told up to `at` is read; returns how many were not."""
    return Notice.objects.filter(person=by, read_at__isnull=True, created_at__lte=at).update(read_at=at)


def choose_mail(*, by: User, rhythm: str, language: str, only_duties: bool, at: datetime) -> MailChoice:
    """How the person wants to be told from now on."""
    row, _made = MailChoice.objects.update_or_create(
        person=by,
        defaults={
            "rhythm": Rhythm(rhythm), "language": language, "only_duties": only_duties, "changed_at": at,
        },
    )  # fmt: skip
    return row


def unsubscribe(*, by: User, at: datetime) -> None:
    """No mail any more but of duties: for the link in a mail. What waits and is no duty is taken out too."""
    with transaction.atomic():
        MailChoice.objects.update_or_create(person=by, defaults={"only_duties": True, "changed_at": at})
        waiting = Notice.objects.filter(person=by, is_duty=False, mail__in=[MailState.WAITING, MailState.DAILY])
        waiting.update(mail=MailState.NONE)


def add_robot(*, owner: str, kind: str, label: str, token: str, secret: str, by: User, at: datetime) -> Robot:
    """A robot for a committee's group chat. NoticeRefused for a key that can be none, and for one known already."""
    if fault := robot_fault(kind, token, secret):
        raise NoticeRefused(fault)
    row = Robot(owner=owner, kind=RobotKind(kind), label=label, added_by=by, added_at=at)
    row.token, row.secret = token, secret
    with transaction.atomic():
        made = Robot.objects.bulk_create([row], ignore_conflicts=True)[0]
    if not Robot.objects.filter(public_id=made.public_id).exists():
        raise NoticeRefused(_("This robot is known already."))
    return Robot.objects.get(public_id=made.public_id)


def retire_robot(*, robot: Robot, by: User, at: datetime) -> None:
    """The robot says nothing any more; what waits for it is not sent."""
    Robot.objects.filter(pk=robot.pk, retired_at__isnull=True).update(retired_at=at)


def post_by_robots(*, owner: str, words: Both, at: datetime) -> int:
    """A message for all robots of a committee, in Chinese: groups are of one country. Returns how many robots."""
    posts = [RobotPost(robot=robot, words=words.zh, created_at=at) for robot in robots_of(owner)]
    return len(RobotPost.objects.bulk_create(posts))


def try_robot(*, robot: Robot, by: User, at: datetime) -> RobotPost:
    """A message to see whether a robot's key is right."""
    words = both(_TRY, {"who": by.name}).zh
    return RobotPost.objects.create(robot=robot, words=words, created_at=at)


def note_failure(*, address: str, subject: str, error: str, at: datetime) -> None:
    """An address took no mail: one open line an address, with a count."""
    with transaction.atomic():
        told = {"subject": subject[:250], "error": error[:300], "last_at": at, "count": F("count") + 1}
        if not MailFailure.objects.filter(address=address, settled_at__isnull=True).update(**told):
            row = MailFailure(address=address[:320], subject=subject[:250], error=error[:300], first_at=at, last_at=at)
            MailFailure.objects.bulk_create([row], ignore_conflicts=True)


def note_success(*, addresses: Iterable[str], at: datetime) -> None:
    """These addresses took a mail: whatever stood against them is settled, by nobody."""
    MailFailure.objects.filter(address__in=list(addresses), settled_at__isnull=True).update(settled_at=at)


def settle_failure(*, failure: MailFailure, by: User, at: datetime) -> None:
    """Somebody has seen to the address; the next failure opens a new line."""
    MailFailure.objects.filter(pk=failure.pk, settled_at__isnull=True).update(settled_at=at, settled_by=by)


def snooze(*, subject: UUID, until: date, today: date, by: User, at: datetime) -> None:
    """Put one thing off until a day after today, 30 days at most. NoticeRefused for another day."""
    if not today < until <= today + timedelta(days=LONGEST_SNOOZE):
        raise NoticeRefused(_("Choose a day after today, at most %(days)s days ahead.") % {"days": LONGEST_SNOOZE})
    Snooze.objects.update_or_create(person=by, subject=subject, defaults={"until": until, "at": at})


def wake(*, subject: UUID, by: User) -> None:
    """Back onto the desk at once."""
    Snooze.objects.filter(person=by, subject=subject).delete()


def renew_feed(*, by: User, language: str, at: datetime) -> str:
    """A new secret for the person's calendar; the old one opens nothing any more. Returns the secret: it is not kept."""
    secret = secrets.token_urlsafe(32)
    words = {"digest": digest_of(secret), "language": language, "made_at": at, "read_on": None}
    CalendarFeed.objects.update_or_create(person=by, defaults=words)
    return secret


def revoke_feed(*, by: User) -> None:
    """The person's calendar address opens nothing any more."""
    CalendarFeed.objects.filter(person=by).delete()


def note_feed_read(*, feed: CalendarFeed, day: date) -> None:
    """A calendar has read the feed on a day: one write a day."""
    if feed.read_on != day:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=day)


def digest_of(secret: str) -> str:
    """What is kept of a calendar's secret: SHA-256 in hex (the secret has 256 random bits of its own)."""
    return hashlib.sha256(secret.encode()).hexdigest()

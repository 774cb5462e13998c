"""Named reads about notices, mails that wait, robots, and addresses that took no mail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, QuerySet, Value

from committees.notices.models import MailChoice, MailFailure, MailState, Notice, Robot, RobotPost
from tenants.models import User

#: So many tries before a robot's message is given up.
MOST_TRIES = 5


def notices_of(person: User, *, only_unread: bool = False) -> QuerySet[Notice]:
    """What a person was told, the latest first."""
    found = Notice.objects.filter(person=person).select_related("school").order_by("-created_at", "-pk")
    return found.filter(read_at__isnull=True) if only_unread else found


def unread_rows(person: User, mark: str) -> QuerySet[Notice, tuple[Any, ...]]:
    """How much a person has not read, as one row (None, `mark`, count): to be joined to another count's rows."""
    unread = Notice.objects.filter(person=person, read_at__isnull=True).order_by()
    return counted_as(unread, mark)


def counted_as(rows: QuerySet[Any, Any], mark: str) -> QuerySet[Any, tuple[Any, ...]]:
    """How many rows there are, as one row (None, `mark`, count); no row where there are none."""
    marked = rows.annotate(nowhere=Value(None, BigIntegerField()), mark=Value(mark, CharField(max_length=20)))
    counted: QuerySet[Any, tuple[Any, ...]]
    counted = marked.values("nowhere", "mark").annotate(n=Count("pk")).values_list("nowhere", "mark", "n")
    return counted


def unread_count(person: User) -> int:
    """How much a person has not read."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def choices_of(people: Iterable[User]) -> dict[int, MailChoice]:
    """How some people want to be told, by their key; who chose nothing is not in it."""
    return {row.person_id: row for row in MailChoice.objects.filter(person__in={person.pk for person in people})}


def choice_of(person: User) -> MailChoice:
    """How a person wants to be told: the row, or one that says the usual and is not stored."""
    return MailChoice.objects.filter(person=person).first() or MailChoice(person=person)


def to_mail(state: MailState, before: datetime | None = None) -> QuerySet[Notice]:
    """Notices whose mail waits, person by person, oldest first; with `before` those written earlier."""
    waiting = Notice.objects.filter(mail=state).select_related("school", "person", "person__mail_choice")
    waiting = waiting.filter(created_at__lt=before) if before else waiting
    return waiting.order_by("person", "created_at", "pk")


def robots_of(owner: str) -> QuerySet[Robot]:
    """Robots of a committee that are in use."""
    return Robot.objects.filter(owner=owner, retired_at__isnull=True)


def last_posts(owner: str, most: int = 10) -> list[RobotPost]:
    """What a committee's robots said last."""
    posts = RobotPost.objects.filter(robot__owner=owner).select_related("robot")
    return list(posts.order_by("-created_at", "-pk")[:most])


def posts_to_send() -> QuerySet[RobotPost]:
    """Messages of robots that wait, oldest first."""
    waiting = RobotPost.objects.filter(sent_at__isnull=True, tries__lt=MOST_TRIES, robot__retired_at__isnull=True)
    return waiting.select_related("robot").order_by("created_at", "pk")


def failures(*, settled: bool = False) -> QuerySet[MailFailure]:
    """Addresses that took no mail, the latest first."""
    return MailFailure.objects.filter(settled_at__isnull=not settled).select_related("settled_by")


def people_at(addresses: Iterable[str]) -> dict[str, User]:
    """Whose addresses these are."""
    return {person.email: person for person in User.objects.filter(email__in=set(addresses))}

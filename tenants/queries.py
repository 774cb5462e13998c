"""Named reads about schools and who stands where."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from tenants.models import (
    AssociationPost,
    AssociationRole,
    Membership,
    School,
    SchoolRole,
    SchoolState,
    User,
)


def in_force(day: Any) -> Q:
    """Rows with `starts_on`/`ends_on` that hold on `day` (a date, or an expression that gives one)."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def open_schools() -> QuerySet[School]:
    """Schools whose space is open, in pinyin order."""
    return School.objects.filter(state=SchoolState.OPEN)


def memberships_of(user: User, day: date) -> QuerySet[Membership]:
    """A person's posts in open schools on a day."""
    held = Membership.objects.filter(in_force(day), user=user, school__state=SchoolState.OPEN)
    return held.select_related("school").order_by("school__pinyin", "role")


def roles_in(user: User, school: School, day: date) -> frozenset[SchoolRole]:
    """The roles a person holds in a school on a day."""
    held = Membership.objects.filter(in_force(day), user=user, school=school)
    return frozenset(SchoolRole(role) for role in held.values_list("role", flat=True))


def association_roles(user: User, day: date) -> frozenset[AssociationRole]:
    """The roles a person holds at the association on a day."""
    held = AssociationPost.objects.filter(in_force(day), user=user)
    return frozenset(AssociationRole(role) for role in held.values_list("role", flat=True))


def people_in(school: School, role: SchoolRole, day: date) -> QuerySet[User]:
    """Everyone who holds a role in a school on a day."""
    held = Membership.objects.filter(in_force(day), school=school, role=role).values("user")
    return User.objects.filter(pk__in=held, is_active=True)


def schools_of(user: User, day: date) -> list[School]:
    """The open schools in which a person holds a post on a day, in pinyin order."""
    held = Membership.objects.filter(in_force(day), user=user).values("school")
    return list(open_schools().filter(pk__in=held).order_by("pinyin"))


def signed_in_person(pk: int, sign_in: int, school: School | None) -> User | None:
    """The person of a live sign-in, with the roles held here today, by one query.

    Adds `asked_at` (the database's time), `sign_in_seen_at` and `held` (roles in `school`, or at the association when
    `school` is None). None when the sign-in has ended or idled out, or the account is closed.
    """
    posts: QuerySet[Any] = AssociationPost.objects.filter(user=OuterRef("pk"))
    if school is not None:
        posts = Membership.objects.filter(user=OuterRef("pk"), school=school)
    today = TruncDate(Now(), tzinfo=timezone.get_default_timezone())
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    people = User.objects.filter(
        pk=pk, is_active=True, sign_ins__pk=sign_in, sign_ins__ended_at__isnull=True, sign_ins__seen_at__gt=Now() - idle
    )
    return people.annotate(
        asked_at=Now(),
        sign_in_seen_at=F("sign_ins__seen_at"),
        held=ArraySubquery(posts.filter(in_force(today)).values("role")),
    ).first()

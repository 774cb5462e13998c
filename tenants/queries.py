"""Named reads about schools and who stands where."""

from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Now, Replace, TruncDate
from django.utils import timezone

from tenants.models import (
    AssociationPost,
    AssociationRole,
    Invitation,
    Membership,
    School,
    SchoolRole,
    SchoolState,
    SecurityEvent,
    SignIn,
    User,
    in_force,
)
from tenants.signin.second_step import second_step_asked

#: What the list of schools can be sorted by: word in the address, column.
SCHOOL_SORTS = {
    "name": "pinyin",
    "code": "code",
    "type": "type",
    "state": "state",
    "people": "people",
    "opened": "opened_at",
}
_BY_ROLE = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(SchoolRole)))


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

    Adds `asked_at` (the database's time), `sign_in_seen_at`, `held` (roles in `school`, or at the association when
    `school` is None), `stepped` (this sign-in proved a second step) and `must_step` (a post asks for one). None when
    the sign-in has ended or idled out, or the account is closed.
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
        stepped=F("sign_ins__second_step"),
        must_step=second_step_asked(OuterRef("pk"), today),
        held=ArraySubquery(posts.filter(in_force(today)).values("role")),
    ).first()


def members_of(school: School, day: date, *, left_since: date | None = None) -> QuerySet[Membership]:
    """Posts in a school that hold on `day` or begin later; with `left_since` instead those that ended since then."""
    held = Membership.objects.filter(school=school).select_related("user")
    if left_since is not None:
        return held.filter(ends_on__lt=day, ends_on__gte=left_since).order_by("-ends_on", "user__name")
    return held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).order_by(_BY_ROLE, "user__name", "pk")


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, and those that ran out within a month (to be renewed), newest first."""
    rows = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=at - timedelta(days=30))
    return rows.select_related("school", "made_by").order_by("-made_at")


def schools_found(*, q: str = "", state: str = "", type: str = "", sort: str = "") -> QuerySet[School]:
    """Schools by name, pinyin or code, filtered and sorted; `sort`: a key of SCHOOL_SORTS, minus turns it."""
    rows = School.objects.annotate(
        people=Count("memberships__user", filter=Q(memberships__ends_on=None), distinct=True)
    )
    if q:
        joined = q.lower().replace(" ", "")
        rows = rows.annotate(joined=Replace("pinyin", Value(" "), Value("")))
        by_name = Q(name_zh__icontains=q) | Q(name_en__icontains=q) | Q(code__icontains=q)
        rows = rows.filter(by_name | Q(pinyin__icontains=q.lower()) | Q(joined__contains=joined))
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(type=type) if type else rows
    key = sort if sort.removeprefix("-") in SCHOOL_SORTS else "name"
    column = SCHOOL_SORTS[key.removeprefix("-")]
    return rows.order_by(f"-{column}" if key.startswith("-") else column, "pk")


def events_found(
    *, q: str = "", action: str = "", outcome: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[SecurityEvent]:
    """The security log, newest first; days are days of the association's time zone."""
    rows = SecurityEvent.objects.select_related("user", "school")
    if q:
        rows = rows.filter(Q(user__account__iexact=q) | Q(user__name__icontains=q) | Q(host__icontains=q) | _address(q))
    rows = rows.filter(action=action) if action else rows
    rows = rows.filter(succeeded=outcome == "done") if outcome else rows
    rows = rows.filter(at__gte=_midnight(since)) if since else rows
    rows = rows.filter(at__lt=_midnight(until + timedelta(days=1))) if until else rows
    return rows.order_by("-at", "-pk")


def _address(text: str) -> Q:
    try:
        return Q(address=str(ip_address(text)))
    except ValueError:
        return Q(pk=None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def live_sign_ins(user: User, at: datetime) -> QuerySet[SignIn]:
    """A person's sign-ins that are not ended and not idle too long, last seen first."""
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return SignIn.objects.filter(user=user, ended_at=None, seen_at__gt=at - idle).order_by("-seen_at")

"""Named reads about schools and who stands where."""

from datetime import date

from django.db.models import Q, QuerySet

from tenants.models import (
    AssociationPost,
    AssociationRole,
    Membership,
    School,
    SchoolRole,
    SchoolState,
    User,
)


def in_force(day: date) -> Q:
    """Rows with `starts_on`/`ends_on` that hold on `day`."""
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

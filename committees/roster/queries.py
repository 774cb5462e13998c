"""Named reads about seats."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, Q, QuerySet, Value, When

from committees.roster.models import Committee, Seat, SeatKind
from tenants.models import User, in_force
from tenants.queries import association_roles, memberships_of


def seats_in(user: User, committee: Committee, day: date) -> frozenset[SeatKind]:
    """The seats a person holds on a committee on a day."""
    held = Seat.objects.filter(in_force(day), user=user, committee=committee)
    return frozenset(SeatKind(kind) for kind in held.values_list("kind", flat=True))


def seat_holders(person: Any, today: Any) -> Exists:
    """Whether a person (an outer reference) holds any seat on a day (an expression)."""
    return Exists(Seat.objects.filter(in_force(today), user=person))


def committees_of(user: User, day: date) -> QuerySet[Committee]:
    """Committees on which a person holds a seat on a day."""
    return Committee.objects.filter(pk__in=Seat.objects.filter(in_force(day), user=user).values("committee"))


def audiences_of(user: User, day: date) -> list[str]:
    """The desk audiences a person belongs to on a day: over all schools, committees and association roles."""
    schools = [f"school:{m.school_id}:{m.role}" for m in memberships_of(user, day)]
    seats = Seat.objects.filter(in_force(day), user=user).select_related("committee")
    committees = [f"committee:{seat.committee.code}:{seat.kind}" for seat in seats]
    # A chair does all that an officer does.
    committees += [f"committee:{s.committee.code}:{SeatKind.OFFICER}" for s in seats if s.kind == SeatKind.CHAIR]
    roles = [f"association:{role}" for role in association_roles(user, day)]
    return [*schools, *dict.fromkeys(committees), *roles, f"user:{user.pk}"]


def seats_on(committee: Committee, day: date, *, past: bool = False) -> QuerySet[Seat]:
    """Seats of a committee that hold on a day or begin later, chair first; with `past` those that have ended."""
    seats = Seat.objects.filter(committee=committee).select_related("user")
    if past:
        return seats.filter(ends_on__lt=day).order_by("-ends_on", "user__name")[:100]
    order = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(SeatKind)))
    return seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).order_by(order, "user__name")


def committees_with_counts(day: date) -> QuerySet[Committee]:
    """All committees in their order, each with `sitting`: how many seats hold on a day."""
    held = Q(seats__starts_on__lte=day) & (Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=day))
    return Committee.objects.annotate(sitting=Count("seats", filter=held)).order_by("position")

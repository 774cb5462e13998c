"""Pages of one committee, for those who sit on it; and what the roster tells the lower floor."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.roster.models import Committee, Seat, SeatKind
from committees.roster.queries import seats_in
from tenants.clock import request_day
from tenants.doors import Door, View, custom_door, person, refuse
from tenants.models import AssociationRole, Invitation, User, in_force
from tenants.offers import Offer
from tenants.signin.doors import Standing
from tenants.signin.paths import localized


def committee_door(*kinds: str) -> Callable[[View], View]:
    """A page under a committee's `code` for holders of one of the seats; a chair may do all that an officer may.

    Who holds no seat on the committee gets the page of an unknown address. Sets `request.committee`.
    """
    wanted = {SeatKind(kind) for kind in kinds} | ({SeatKind.CHAIR} if SeatKind.OFFICER in kinds else set())

    def judge(request: HttpRequest, code: str = "", **_kwargs: Any) -> HttpResponse | None:
        committee = Committee.objects.filter(code=code).first()
        held = seats_in(person(request), committee, request_day(request)) if committee else frozenset()
        if not held:
            raise Http404
        request.committee, request.seats = committee, held  # type: ignore[attr-defined]
        if held & wanted:
            return None
        return refuse(request, _("This page is for other seats of the committee."))

    return custom_door(Door("committee", tuple(kinds)), judge)


def seat_standings(user: User, day: date) -> Iterator[Standing]:
    """A person's seats, for the account page and for the choice of the first desk."""
    for seat in (
        Seat.objects.filter(in_force(day), user=user).select_related("committee").order_by("committee__position")
    ):
        url = f"{settings.ASSOCIATION_URL}{localized('/desk/')}"
        yield Standing(SeatKind(seat.kind).label, seat.committee.name, url, seat.ends_on)


def seat_offer(invitation: Invitation) -> Offer:
    """What an invitation to a seat offers, in words."""
    committee = Committee.objects.get(code=invitation.scope)
    return Offer(committee.name, SeatKind(invitation.role).label)


def office_doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """The secretary's door to the committees."""
    if AssociationRole.SECRETARY in getattr(request, "association_roles", frozenset()):
        door = {"label": _("Committees"), "href": reverse("office_committees"), "icon": "users-group"}
        yield {"label": "", "doors": [door]}

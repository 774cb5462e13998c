"""What the roster tells the lower floor: seats on the account page, in invitations, and the secretary's door to them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.roster.models import Committee, Seat, SeatKind
from tenants.models import AssociationRole, Invitation, User, in_force
from tenants.offers import Offer
from tenants.signin.doors import Standing
from tenants.signin.paths import localized


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

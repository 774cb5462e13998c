"""The door of a committee's pages: who sits there, and who may look in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committees.roster.models import Committee, SeatKind
from committees.roster.queries import seats_in
from tenants.clock import request_day
from tenants.doors import Door, custom_door, refuse
from tenants.models import AssociationRole
from tenants.queries import association_roles

View = Callable[..., HttpResponseBase]
#: Seats that decide; an expert reads.
DECIDING = frozenset({str(SeatKind.CHAIR), str(SeatKind.OFFICER)})


@dataclass(frozen=True)
class Seated:
    """Where a person stands towards a committee: the seats held on it, and whether the commission looks in."""

    committee: Committee
    seats: frozenset[str]
    commission: bool

    @property
    def decides(self) -> bool:
        """Whether the person may open calls and decide on filings."""
        return bool(self.seats & DECIDING)

    @property
    def only_filed(self) -> bool:
        """Whether the person sees what was filed, and nothing before that."""
        return not self.seats


def seat_door(*seats: str, commission: bool = False) -> Callable[[View], View]:
    """A committee's page (`code` in its address) for people with one of `seats`; with `commission`, for the education
    commission too. The view finds the person's `Seated` as `request.seated`.

    A stranger, and an unknown committee, get the page of an unknown address; who belongs here without the seat, a reason.
    """
    asked = frozenset(str(SeatKind(seat)) for seat in seats)
    door = Door("committee", (*seats, *((str(AssociationRole.COMMISSION),) if commission else ())))

    def judge(request: HttpRequest, *, code: str, **_kwargs: Any) -> HttpResponse | None:
        seated = seated_of(request, code)
        request.seated = seated  # type: ignore[attr-defined]
        if seated.seats & asked or (commission and seated.commission):
            return None
        named = pgettext("between names", ", ").join(str(SeatKind(seat).label) for seat in seats)
        return refuse(request, _("This page is for: %(roles)s.") % {"roles": named})

    return custom_door(door, judge)


def seated_of(request: HttpRequest, code: str) -> Seated:
    """Where the signed-in person stands towards the committee of that code; Http404 for strangers."""
    committee = Committee.objects.filter(code=code).first()
    if committee is None:
        raise Http404
    seated = seated_towards(request, committee)
    if not seated.seats and not seated.commission:
        raise Http404
    return seated


def seated_towards(request: HttpRequest, committee: Committee) -> Seated:
    """Where a person stands, also when it is nowhere at all (a visitor)."""
    if not request.user.is_authenticated or getattr(request, "school", None) is not None:
        return Seated(committee, frozenset(), commission=False)
    day = request_day(request)
    seats = frozenset(str(seat) for seat in seats_in(request.user, committee, day))
    held = getattr(request, "association_roles", None)
    roles = association_roles(request.user, day) if held is None else held
    return Seated(committee, seats, commission=AssociationRole.COMMISSION in roles)

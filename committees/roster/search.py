"""Whom one finds: people by their seats, for their committee, the commission and the secretary."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.roster.models import Committee, Seat, SeatKind
from search.declaring import declare
from search.registry import Document, Kind, Source
from tenants.clock import database_now, local_day, request_day
from tenants.models import AssociationRole, User, in_force

PERSON = Kind("person", _("People"), "user")


def committee_token(code: str) -> str:
    """The audience of everybody who sits on a committee."""
    return f"committee:{code}"


COMMISSION = f"association:{AssociationRole.COMMISSION}"
SECRETARY = f"association:{AssociationRole.SECRETARY}"


def seat_tokens(request: Any) -> Iterator[str]:
    """The committees on which the person of a request sits today."""
    if request.user.is_authenticated:
        seats = Seat.objects.filter(in_force(request_day(request)), user=request.user)
        yield from {committee_token(code) for code in seats.values_list("committee__code", flat=True)}


def load_seats(keys: list[str]) -> Iterator[Document]:
    """Two documents for each seat that holds today: in the committee's room, and in the secretary's office."""
    wanted = set(keys)
    numbers = {key.split(":")[1] for key in keys}
    day = local_day(database_now())
    seats = Seat.objects.filter(in_force(day), pk__in=numbers, user__is_active=True).select_related("committee", "user")
    for seat in seats:
        for document in _documents(seat):
            if document.key in wanted:
                yield document


def _documents(seat: Seat) -> Iterator[Document]:
    committee, code = seat.committee, seat.committee.code
    words = [committee.name_zh, str(SeatKind(seat.kind).label), str(seat.kind), committee.name_en, seat.task]
    facts: dict[str, Any] = {
        "kind": PERSON.slug, "title": seat.user.name or seat.user.account, "text": "，".join(filter(None, words)),
        "committee": committee.room, "expires_at": midnight_after(seat.ends_on),
    }  # fmt: skip
    room = reverse("committee_room", args=[code], urlconf="portal.urls.association")
    office = reverse("office_committee", args=[code], urlconf="portal.urls.association")
    yield Document(key=f"seat:{seat.pk}:room", address=room, audience=(committee_token(code), COMMISSION), **facts)
    yield Document(key=f"seat:{seat.pk}:office", address=office, audience=(SECRETARY,), **facts)


def midnight_after(day: date | None) -> datetime | None:
    """The end of a last day; None without one."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None


def _keys(seats: Any) -> list[str]:
    return [f"seat:{pk}:{place}" for pk in seats for place in ("room", "office")]


def all_seats() -> list[str]:
    """The keys of all seats."""
    return _keys(Seat.objects.values_list("pk", flat=True))


def declare_people() -> None:
    """Make seats findable."""
    watched: dict[Any, Any] = {
        Seat: lambda seat: _keys([seat.pk]),
        Committee: lambda committee: _keys(committee.seats.values_list("pk", flat=True)),
        User: lambda user: _keys(user.seats.values_list("pk", flat=True)),
    }
    declare(Source("roster", (PERSON,), load_seats, all_seats, watched))

"""From a request's host to a floor: the association, a school, or nobody."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from tenants.models import Domain, School, SchoolState

#: A worker remembers a host for this long, so that closing a school is felt everywhere within two seconds.
REMEMBER_SECONDS = 1.5
MOST_REMEMBERED = 4096


@dataclass(frozen=True)
class Place:
    """Where a host leads: `school` is None for the association; `canonical` is where to go instead, if elsewhere."""

    school: School | None = None
    canonical: str | None = None
    known: bool = True


NOWHERE = Place(known=False)
_remembered: dict[str, tuple[float, Place]] = {}


def place_of(host: str) -> Place:
    """The place behind a host (no port). Costs no query while remembered."""
    now = time.monotonic()
    known = _remembered.get(host)
    if known and now - known[0] < REMEMBER_SECONDS:
        return known[1]
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    place = _look_up(host)
    _remembered[host] = (now, place)
    return place


def forget_hosts() -> None:
    """Forget what this worker remembers (after a change in this worker, and between tests)."""
    _remembered.clear()


def _look_up(host: str) -> Place:
    plain = host.lower().rstrip(".")
    if plain != host:
        place = _look_up(plain)
        return Place(place.school, canonical=plain) if place.known else NOWHERE
    if host == settings.BASE_DOMAIN:
        return Place()
    if host.endswith(f".{settings.BASE_DOMAIN}"):
        return _by_code(host.removesuffix(f".{settings.BASE_DOMAIN}"))
    own = Domain.objects.filter(domain=host, tenant__state=SchoolState.OPEN).select_related("tenant").first()
    return Place(own.tenant) if own else NOWHERE


def _by_code(code: str) -> Place:
    school = School.objects.filter(code=code, state=SchoolState.OPEN).first()
    if school:
        return Place(school)
    # A code that a school once had, or a school merged into another: both lead on, as long as the goal is open.
    led = School.objects.filter(
        Q(retired_codes__code=code) | Q(merged_schools__code=code) | Q(merged_schools__retired_codes__code=code),
        state=SchoolState.OPEN,
    ).first()
    return Place(led, canonical=led.host) if led else NOWHERE

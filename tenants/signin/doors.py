"""Where a person is led after signing in, and what else a person holds besides posts in schools."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.functional import Promise

from tenants.clock import local_day
from tenants.models import User
from tenants.queries import association_roles, schools_of
from tenants.signin.paths import localized


@dataclass(frozen=True)
class Standing:
    """One thing a person holds at the association: what it is called, where it leads, until when."""

    title: str | Promise
    place: str
    url: str
    ends_on: date | None = None


_sources: list[Callable[[User, date], Iterable[Standing]]] = []


def register_standings(source: Callable[[User, date], Iterable[Standing]]) -> None:
    """For upper rooms: tell what a person holds in them (the roster: seats)."""
    if source not in _sources:
        _sources.append(source)


def standings(user: User, day: date) -> list[Standing]:
    """All that upper rooms know of a person."""
    return [standing for source in _sources for standing in source(user, day)]


def first_door(user: User, at: datetime) -> str:
    """Address of the desk a person sees first: the school's for a person of exactly one school and nothing else."""
    day = local_day(at)
    schools = schools_of(user, day)
    if len(schools) == 1 and not association_roles(user, day) and not standings(user, day):
        return f"{schools[0].url}{localized('/desk/')}"
    return f"{settings.ASSOCIATION_URL}{localized('/desk/')}"

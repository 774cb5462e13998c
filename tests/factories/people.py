"""Schools, people, memberships, seats."""

import itertools
from datetime import date
from typing import Any

from committees.roster.models import Committee, Seat, SeatKind
from tenants.actions import open_school
from tenants.models import AssociationPost, AssociationRole, Membership, School, SchoolRole, SchoolType, User
from tests.ground.cast import BEGIN, OPENED_AT, PASSWORD

_numbers = itertools.count(1)


def make_school(code: str = "", **fields: Any) -> School:
    """An open school with its own schema (0.1 s: do not make many)."""
    number = next(_numbers)
    code = code or f"school{number}"
    words = {
        "name_zh": f"第{number}试验大学",
        "name_en": f"Trial University {number}",
        "type": SchoolType.UNDERGRADUATE,
    }
    return open_school(code=code, by=None, at=OPENED_AT, **{**words, **fields})


def make_user(account: str = "", *, password: str | None = PASSWORD, **fields: Any) -> User:
    """A person who stands nowhere yet."""
    number = next(_numbers)
    return User.objects.create_user(account or f"person{number}", password, **{"name": f"某人{number}", **fields})


def member(school: School, role: SchoolRole = SchoolRole.CLERK, *, user: User | None = None, **dates: date) -> User:
    """A person with a role in a school."""
    person = user or make_user()
    Membership.objects.create(school=school, user=person, role=role, **{"starts_on": BEGIN, **dates})
    return person


def officer(
    committee: Committee, kind: SeatKind = SeatKind.OFFICER, *, user: User | None = None, **dates: date
) -> User:
    """A person with a seat on a committee."""
    person = user or make_user()
    Seat.objects.create(committee=committee, user=person, kind=kind, **{"starts_on": BEGIN, **dates})
    return person


def holder(role: AssociationRole, *, user: User | None = None, **dates: date) -> User:
    """A person with a role at the association."""
    person = user or make_user()
    AssociationPost.objects.create(user=person, role=role, **{"starts_on": BEGIN, **dates})
    return person

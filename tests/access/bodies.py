"""Ids that stand in a form or behind the question mark, not in the path: what each address takes, and whose it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from committees.filings.school.views_workbook import SALT
from tests.access.rooms.filings import _case, _other
from tests.ground.cast import Cast

NOBODY = "00000000-0000-4000-8000-00000000dead"


@dataclass(frozen=True)
class Named:
    """One address asked twice: once with what exists and is somebody else's, once with what never existed."""

    host: str
    path: str
    method: str
    actor: str
    foreign: dict[str, Any]
    unknown: dict[str, Any]
    fixed: dict[str, Any] = field(default_factory=dict)


def board_call(cast: Cast) -> Named:
    """A committee's board asked for another committee's call."""
    case = _case(cast)
    case.call.__class__.objects.filter(pk=case.call.pk).update(committee=cast.other_committee)
    path = f"/committees/{cast.committee.code}/board/"
    return Named("association", path, "GET", "officer", {"call": case.call.public_id}, {"call": NOBODY})


def board_call_csv(cast: Cast) -> Named:
    """The same as a file."""
    named = board_call(cast)
    return Named("association", f"{named.path[:-1]}.csv", "GET", "officer", named.foreign, named.unknown)


def enter_school(cast: Cast) -> Named:
    """The way into a school one does not belong to."""
    return Named(
        "association", "/accounts/enter/", "GET", "clerk_a", {"school": cast.school_b.code}, {"school": "zzunknown"}
    )


def call_asks(cast: Cast) -> Named:
    """A call drafted on a form that belongs to another committee's kinds."""
    case = _case(cast)
    path = f"/committees/{cast.committee.code}/calls/new/"
    form = case.call.form_id
    return Named(
        "association", path, "POST", "officer", {"asks": f"canteens-annual:{form}"}, {"asks": "nothing:999999"}
    )


def workbook_of_another(cast: Cast) -> Named:
    """A signed workbook of another school's return, and one that nobody signed."""
    case = _case(cast)
    state = {"cells": {}, "name": "x", "notices": []}
    signed = signing.dumps(state, salt=f"{SALT}.{_other(case).public_id}.{cast['clerk_b'].pk}", compress=True)
    path = f"/filings/{case.filing.public_id}/upload/"
    return Named("school", path, "POST", "clerk_a", {"token": signed}, {"token": "x:y:z"}, {"do": "save"})


def repair_of_another(cast: Cast) -> Named:
    """A field of another form, and one of none."""
    case = _case(cast)
    path = f"/filings/{case.filing.public_id}/prepare/save/"
    return Named(
        "school", path, "POST", "clerk_a", {"fix": "staff:5", "mine": "staff"}, {"fix": "zzz:5", "mine": "zzz"}
    )


def schools_of_a_call(cast: Cast) -> Named:
    """A school that is closed to calls, and one that never was."""
    from committees.filings import actions
    from tests.committees.filings.core.ground import AT

    opened = _case(cast).call
    call = actions.draft_call(
        committee=cast.committee, kind=opened.kind, form=opened.form, period="2024", title_zh="x", title_en="x",
        opens_on=opened.opens_on, due_on=opened.due_on, by=cast["officer"], at=AT,
    )  # fmt: skip
    cast.school_b.__class__.objects.filter(pk=cast.school_b.pk).update(state="closed")
    path = f"/committees/{cast.committee.code}/calls/{call.public_id}/open/"
    return Named("association", path, "POST", "officer", {"school": cast.school_b.code}, {"school": "zzunknown"})


def log_of_a_school(cast: Cast) -> Named:
    """The secretary's search for schools finds nothing by what is not a name."""
    return Named("association", "/office/schools/", "GET", "secretary", {"q": str(cast.school_b.pk)}, {"q": "999999"})


CASES: tuple[Callable[[Cast], Named], ...] = (
    board_call, board_call_csv, enter_school, call_asks, workbook_of_another, repair_of_another, schools_of_a_call,
    log_of_a_school,
)  # fmt: skip

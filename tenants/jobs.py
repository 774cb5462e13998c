"""How a job of the queue enters its school: by code, because arguments of jobs are plain text."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from tenants.context import school_scope
from tenants.models import School, SchoolState


class NoSuchSchool(LookupError):
    """A job names a school that is not open (any more)."""


def school_of_code(code: str) -> School:
    """The open school with this code, or the one that once had it: a school may be renamed while a job waits."""
    open_ones = School.objects.filter(state=SchoolState.OPEN)
    found = open_ones.filter(code=code).first() or open_ones.filter(retired_codes__code=code).first()
    if found is None:
        raise NoSuchSchool(code)
    return found


def in_school(work: Callable[..., Any]) -> Callable[..., Any]:
    """Run a job inside the school named by the keyword `school` (a code); `work` gets the row in its place.

    Stands under the queue's own decorator: `@app.task` above, `@in_school` below. Raises NoSuchSchool.
    """

    @wraps(work)
    def run(*args: Any, school: str, **kwargs: Any) -> Any:
        row = school_of_code(school)
        with school_scope(row):
            return work(*args, school=row, **kwargs)

    return run

"""The one way to enter a school."""

import contextlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from tenants.connection import connection

if TYPE_CHECKING:
    from tenants.models import School


class CrossingRefused(RuntimeError):
    """From one school straight into another inside a transaction: that would tie two schools' fates together."""


class SuspendedScope(RuntimeError):
    """A generator or coroutine was about to hold a scope: suspended, it would leave its caller in the wrong school."""


_SUSPENDS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def _refuse_suspension() -> None:
    """Look at who enters: a function that may stop in the middle must not, unless it is itself a context manager."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename == contextlib.__file__:
        frame = frame.f_back
    if frame is None or not frame.f_code.co_flags & _SUSPENDS:
        return
    resumed_by = frame.f_back
    if resumed_by is None or resumed_by.f_code.co_filename != contextlib.__file__:
        raise SuspendedScope(f"{frame.f_code.co_name} may stop inside the school it enters; take a list instead")


@contextmanager
def school_scope(school: "School") -> Iterator["School"]:
    """Inside, school tables are those of `school`; afterwards the connection stands where it stood before.

    Evaluate querysets before leaving. Raises `CrossingRefused` when a transaction is open in another school, and
    `SuspendedScope` in a generator or coroutine.
    """
    _refuse_suspension()
    before, before_public = connection.tenant, connection.include_public_schema
    if before.schema_name == school.schema_name and before_public:
        yield school
        return
    if connection.in_atomic_block and before.schema_name != "public":
        raise CrossingRefused(f"{before.schema_name} -> {school.schema_name} inside a transaction")
    connection.set_tenant(school)
    try:
        yield school
    finally:
        connection.set_tenant(before, include_public=before_public)


@contextmanager
def association_scope() -> Iterator[None]:
    """Inside, the connection stands on the association's floor. Raises `SuspendedScope` as above."""
    _refuse_suspension()
    before, before_public = connection.tenant, connection.include_public_schema
    if before.schema_name == "public":
        yield
        return
    connection.set_schema_to_public()
    try:
        yield
    finally:
        connection.set_tenant(before, include_public=before_public)


def leave_school() -> None:
    """Bring the connection back to the association's floor (start and end of a request)."""
    if connection.schema_name != "public" or not connection.include_public_schema:
        connection.set_schema_to_public()

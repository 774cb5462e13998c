"""The one way to enter a school."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tenants.connection import connection

if TYPE_CHECKING:
    from tenants.models import School


class CrossingRefused(RuntimeError):
    """From one school straight into another inside a transaction: that would tie two schools' fates together."""


@contextmanager
def school_scope(school: "School") -> Iterator["School"]:
    """Inside, school tables are those of `school`; afterwards the connection stands where it stood before.

    Never hold it across `await`, and evaluate querysets before leaving.
    Raises `CrossingRefused` when a transaction is open in another school.
    """
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
    """Inside, the connection stands on the association's floor."""
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

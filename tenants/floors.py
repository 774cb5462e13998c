"""On which floor a model stands: the association's (schema `public`) or a school's (one schema each).

The two markers are named in migrations for ever, because Django keeps plain mixins (and drops abstract models) from
migration history: never rename them, never put anything else into them.
"""

from typing import Any, Self

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from tenants.connection import connection

ASSOCIATION, SCHOOL = "association", "school"


class OnAssociationFloor:
    """Marker: the table stands in `public`."""

    floor = ASSOCIATION


class OnSchoolFloor:
    """Marker: the table stands in each school's schema."""

    floor = SCHOOL


class WrongFloor(RuntimeError):
    """A school's table was asked for outside a school."""


class WrongSchool(RuntimeError):
    """A row that belongs to one school was about to be written in another."""


class AssociationModel(OnAssociationFloor, models.Model):
    """A row of the association."""

    class Meta:
        abstract = True


class SchoolModel(OnSchoolFloor, models.Model):
    """A row in a school's own books. It remembers its school: writing it in another raises `WrongSchool`."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Stamp the row with the schema it was read from."""
        row = super().from_db(*args, **kwargs)
        row._state.school = connection.schema_name  # type: ignore[attr-defined]
        return row

    def _refuse_other_school(self) -> None:
        stamp = getattr(self._state, "school", connection.schema_name)
        if stamp != connection.schema_name:
            raise WrongSchool(f"{self._meta.label} of {stamp} written in {connection.schema_name}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, in its own school only."""
        self._refuse_other_school()
        super().save(*args, **kwargs)
        self._state.school = connection.schema_name  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, in its own school only."""
        self._refuse_other_school()
        return super().delete(*args, **kwargs)


class Sealed:
    """Mixin of rows that are written once: the runtime role may insert and read them, no more (tenants/grants.py)."""

    sealed = True


class ToAssociation(models.ForeignKey[Any, Any]):
    """From a school's row to a row of the association, without a database constraint.

    A constraint from every school would make each sign-in update slow and each rename of an association table break the
    opening of schools. So the association's rows that schools use are retired, never deleted.
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        kwargs.update(db_constraint=False, on_delete=models.DO_NOTHING, related_name="+")
        super().__init__(to, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the fixed arguments out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("db_constraint", "on_delete", "related_name"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


def floor_of(model: type[models.Model]) -> str | None:
    """`association`, `school`, or None for a model of a third party (which stands with the association)."""
    # The database cache asks with a stand-in that has no more than a name.
    owner: Any = getattr(model._meta, "auto_created", None) or model
    floor = getattr(owner, "floor", None)
    if floor not in {None, ASSOCIATION, SCHOOL}:
        raise ImproperlyConfigured(f"{model._meta.label} has an unknown floor {floor!r}")
    return floor


def current_floor() -> str:
    """The floor the connection stands on now."""
    return ASSOCIATION if connection.schema_name == "public" else SCHOOL

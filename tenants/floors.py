"""On which floor a model stands: the association's (schema `public`) or a school's (one schema each).

The two markers are named in migrations for ever, because Django keeps plain mixins (and drops abstract models) from
migration history: never rename them, never put anything else into them.
"""

from typing import Any, ClassVar, Self

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from tenants.belonging import SchoolManager, Stamped
from tenants.belonging import WrongSchool as WrongSchool
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


class AssociationModel(OnAssociationFloor, models.Model):
    """A row of the association."""

    class Meta:
        abstract = True


class SchoolModel(OnSchoolFloor, Stamped):
    """A row in a school's own books. It remembers its school: using it in another raises `WrongSchool`."""

    objects: ClassVar[SchoolManager[Self]] = SchoolManager()

    class Meta:
        abstract = True


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

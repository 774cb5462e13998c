"""The two bases of row history, one per floor (kept apart from the markers, which must stay bare)."""

from typing import Any

import pghistory
import pghistory.models

from tenants.belonging import Belonging, Stamped
from tenants.floors import OnAssociationFloor, OnSchoolFloor


class AssociationEvent(OnAssociationFloor, pghistory.models.Event):
    """History of an association's row."""

    sealed = True

    class Meta:
        abstract = True


class SchoolEventQuerySet(Belonging[Any], pghistory.models.EventQuerySet):
    """Versions of one school's rows."""


class SchoolEvent(OnSchoolFloor, Stamped, pghistory.models.Event):
    """History of a school's row; stands in the school, so that one school's dump is whole."""

    sealed = True
    objects = SchoolEventQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        abstract = True


def track_association(name: str, **kwargs: Any) -> Any:
    """Keep every version of an association's row in the model `name`."""
    return _track(AssociationEvent, name, **kwargs)


def track_school(name: str, **kwargs: Any) -> Any:
    """Keep every version of a school's row in the model `name`."""
    return _track(SchoolEvent, name, **kwargs)


def _track(base: type, name: str, **kwargs: Any) -> Any:
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        context_field=pghistory.ContextJSONField(),
        base_model=base,
        model_name=name,
        **kwargs,
    )

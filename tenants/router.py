"""Puts each table on its floor, and refuses a school's query outside a school."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django_tenants.routers import TenantSyncRouter

from tenants.belonging import refuse_row
from tenants.floors import SCHOOL, WrongFloor, current_floor, floor_of


class FloorRouter(TenantSyncRouter):
    """django-tenants' router, made finer: the floor is decided model by model (marker classes in tenants/floors.py)."""

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        """False when the operation belongs to the other floor."""
        allowed: bool | None = super().allow_migrate(db, app_label, model_name, **hints)
        if allowed is False or app_label == "django_cache" or not _is_room(app_label):
            return allowed
        floor = hints.get("floor") or _floor_from(app_label, model_name, hints.get("model"))
        return None if floor is None or floor == current_floor() else False

    def db_for_read(self, model: type[models.Model], **hints: Any) -> None:
        """Loud before any SQL when a school's table is read from the association's floor."""
        if floor_of(model) == SCHOOL and current_floor() != SCHOOL:
            raise WrongFloor(f"{model._meta.label} belongs to a school; enter one with tenants.context.school_scope")
        if floor_of(model) == SCHOOL and "instance" in hints:
            # A related row is asked for through a row: both stand in the same school.
            refuse_row(hints["instance"])

    def db_for_write(self, model: type[models.Model], **hints: Any) -> None:
        """As for reading."""
        self.db_for_read(model, **hints)


def _is_room(app_label: str) -> bool:
    """True for an app that may hold tables of both floors."""
    return apps.get_app_config(app_label).name in settings.TENANT_APPS


def _floor_from(app_label: str, model_name: str | None, model: type[models.Model] | None) -> str | None:
    """The floor of the model an operation is about; None for an operation about no model."""
    if model is None and model_name is None:
        return None
    found = model or apps.get_model(app_label, model_name or "")
    floor = floor_of(found)
    if floor is None:
        raise WrongFloor(f"{app_label}.{model_name} has no floor: inherit AssociationModel or SchoolModel")
    return floor

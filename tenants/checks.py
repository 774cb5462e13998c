"""System checks of the floors: what Django itself would not notice (reference: tenants/floors.py)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation

from tenants.floors import ASSOCIATION, SCHOOL, ToAssociation, floor_of

LEAST_LOG_DAYS = 180


@register("floors")
def check_floors(**_: Any) -> list[CheckMessage]:
    """Every model of a room has a floor; history agrees with code; nothing crosses floors but by `ToAssociation`."""
    return [*_models_without_floor(), *_crossing_keys(), *_tables_on_both_floors(), *_history_that_differs()]


def _room_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}


def _room_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in _room_labels():
            yield model


def _models_without_floor() -> Iterator[CheckMessage]:
    for model in _room_models():
        if floor_of(model) is None:
            yield Error("no floor: inherit AssociationModel or SchoolModel", obj=model, id="houqin.E001")


def _crossing_keys() -> Iterator[CheckMessage]:
    for model in _room_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField) or not field.related_model:
                continue
            here, there = floor_of(model), floor_of(field.related_model) or ASSOCIATION
            if here == SCHOOL and there == ASSOCIATION and not isinstance(field, ToAssociation):
                yield Error("a school points to the association only by ToAssociation", obj=field, id="houqin.E002")
            if here != SCHOOL and there == SCHOOL:
                yield Error("the association never points to a school's row", obj=field, id="houqin.E003")


def _tables_on_both_floors() -> Iterator[CheckMessage]:
    tables: dict[str, set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        tables.setdefault(model._meta.db_table, set()).add(floor_of(model) or ASSOCIATION)
    for table, floors in tables.items():
        if len(floors) > 1:
            yield Error(f"table {table} stands on both floors", id="houqin.E004")


def _history_that_differs() -> Iterator[CheckMessage]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    labels = _room_labels()
    for (label, name), migration in loader.disk_migrations.items():
        if label in labels:
            yield from _faults_of(label, name, migration.operations)
    for key, state in loader.project_state().models.items():
        if key[0] not in labels:
            continue
        floor = next((base.floor for base in state.bases if hasattr(base, "floor")), None)
        try:
            model = apps.get_model(*key)
        except LookupError:
            continue
        if floor != floor_of(model):
            yield Error(f"{key[0]}.{key[1]}: history says {floor}, code says {floor_of(model)}", id="houqin.E005")


def _faults_of(label: str, name: str, operations: Sequence[Operation]) -> Iterator[CheckMessage]:
    for operation in operations:
        where = f"{label}.{name}: {type(operation).__name__}"
        if isinstance(operation, RunPython | RunSQL) and operation.hints.get("floor") not in {ASSOCIATION, SCHOOL}:
            yield Error(f"{where} says no floor: hints={{'floor': …}}", id="houqin.E006")
        if isinstance(operation, CreateModel) and not any(hasattr(base, "floor") for base in operation.bases or ()):
            yield Error(f"{where} {operation.name} lacks its floor marker in bases", id="houqin.E007")


@register("security_log")
def check_security_log(**_: Any) -> list[CheckMessage]:
    """The security log is kept at least half a year (GB/T 22239, cyber security law: no less than six months)."""
    if settings.SECURITY_LOG_DAYS >= LEAST_LOG_DAYS:
        return []
    return [Error(f"SECURITY_LOG_DAYS must be at least {LEAST_LOG_DAYS}", id="houqin.E010")]


@register("second_step", deploy=True)
def check_second_step(**_: Any) -> list[CheckMessage]:
    """In earnest the posts of the association ask for a second step; an empty list is a demo's."""
    if settings.SECOND_STEP_REQUIRED_FOR:
        return []
    return [Advice("SECOND_STEP_REQUIRED_FOR is empty: passwords alone open the association", id="houqin.W011")]

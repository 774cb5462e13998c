"""What the association holds of one school: its row, posts and filings with all that is sealed, as plain values."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from pghistory.models import Event

from committees.filings.models import Decision, DecisionItem, Duty, Evidence, Figure, Filing, FilingVersion
from tenants.context import school_scope
from tenants.floors import SCHOOL, floor_of
from tenants.models import Membership, School

#: Rows of the association that belong to a school, by the way that leads to it.
BELONGING: tuple[tuple[type[Model], str], ...] = (
    (Membership, "school"),
    (Duty, "school"),
    (Filing, "school"),
    (FilingVersion, "filing__school"),
    (Evidence, "filing_version__filing__school"),
    (Decision, "filing_version__filing__school"),
    (DecisionItem, "decision__filing_version__filing__school"),
    (Figure, "filing_version__filing__school"),
)


def extract_of(school: School) -> dict[str, Any]:
    """Rows by table, a hash over each table, and the hashes of all contents that the school's rows name."""
    rows = {model._meta.label: _plain(model._default_manager.filter(**{way: school})) for model, way in BELONGING}
    known = {"code": school.code, "schema": school.schema_name, "public_id": str(school.public_id)}
    contents = sorted({*_own_contents(school), *(row["sha256"] for row in rows[Evidence._meta.label])})
    return {"school": known, "rows": rows, "digests": {label: _digest(found) for label, found in rows.items()},
            "contents": contents}  # fmt: skip


def differences(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """How the association's rows of the school differ from those of an earlier extract, one line a row."""
    for label, old in before["rows"].items():
        here = {row["id"]: row for row in now["rows"].get(label, [])}
        there = {row["id"]: row for row in old}
        yield from (f"{label} {pk}: in the backup only" for pk in sorted(there.keys() - here.keys()))
        yield from (f"{label} {pk}: newer than the backup" for pk in sorted(here.keys() - there.keys()))
        yield from (
            f"{label} {pk}: changed since" for pk in sorted(here.keys() & there.keys()) if here[pk] != there[pk]
        )


def _plain(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(list(rows.order_by("pk").values()), cls=DjangoJSONEncoder))
    return found


def _digest(rows: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _own_contents(school: School) -> set[str]:
    """Contents that the school's own books name now; what only their history names may have been swept."""
    found: set[str] = set()
    with school_scope(school):
        for model in filter(_names_contents, apps.get_models()):
            found |= set(model._default_manager.values_list("sha256", flat=True))
    return found


def _names_contents(model: type[Model]) -> bool:
    fields = {field.name for field in model._meta.fields}
    return floor_of(model) == SCHOOL and "sha256" in fields and not issubclass(model, Event)

"""The five lines of CONTRIBUTING.md about floors: each is kept by something, and this shows by what."""

from datetime import UTC, datetime

import pytest
from django.db import connection as plain_connection
from django.db import models
from django.db.migrations import RunSQL
from django.db.utils import ProgrammingError
from django.test.utils import isolate_apps

from committees.filings.models import Draft
from tenants import checks
from tenants.connection import connection
from tenants.context import school_scope
from tenants.floors import AssociationModel, SchoolModel, ToAssociation, WrongFloor
from tests.architecture.rules_python import SCHOOL_DOOR


def _found(monkeypatch, *planted) -> set[str | None]:
    monkeypatch.setattr(checks, "_room_models", lambda: iter(planted))
    return {fault.id for fault in [*checks._models_without_floor(), *checks._crossing_keys()]}


@isolate_apps("committees.filings")
def test_1_inherit_one_of_two_bases(monkeypatch):
    class Homeless(models.Model):
        class Meta:
            app_label = "filings"

    class AtHome(SchoolModel):
        class Meta:
            app_label = "filings"

    assert _found(monkeypatch, Homeless) == {"houqin.E001"}
    assert not _found(monkeypatch, AtHome)


@isolate_apps("committees.filings")
def test_2_point_up_only_by_to_association_and_never_down(monkeypatch):
    class Above(AssociationModel):
        class Meta:
            app_label = "filings"

    class Below(SchoolModel):
        up = ToAssociation(Above)

        class Meta:
            app_label = "filings"

    class Plain(SchoolModel):
        up = models.ForeignKey(Above, models.PROTECT, related_name="+")

        class Meta:
            app_label = "filings"

    class Down(AssociationModel):
        down = models.ForeignKey(Below, models.PROTECT, related_name="+")

        class Meta:
            app_label = "filings"

    assert not _found(monkeypatch, Below)
    assert _found(monkeypatch, Plain) == {"houqin.E002"}
    assert _found(monkeypatch, Down) == {"houqin.E003"}


def test_3_give_each_data_step_its_floor():
    assert [fault.id for fault in checks._faults_of("filings", "0002", [RunSQL("SELECT 1")])] == ["houqin.E006"]
    assert not list(checks._faults_of("filings", "0002", [RunSQL("SELECT 1", hints={"floor": "school"})]))


def test_4_never_read_public_in_a_school_step(cast):
    """A school's migrations run with the school alone on the search path: the association's tables are not there."""
    connection.set_tenant(cast.school_a, include_public=False)
    with plain_connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM filings_draft")
        with pytest.raises(ProgrammingError, match="tenants_school"):
            cursor.execute("SELECT count(*) FROM tenants_school")


def test_5_enter_a_school_by_school_scope(cast):
    with pytest.raises(WrongFloor):
        Draft.objects.count()
    with school_scope(cast.school_a):
        draft = Draft(filing_id="0" * 32, updated_at=datetime.now(UTC), updated_by=cast["clerk_a"])
        draft.save()
        assert Draft.objects.get() == draft
    with school_scope(cast.school_b):
        assert not Draft.objects.exists()
    assert SCHOOL_DOOR.breaches("committees/filings/actions.py", "with schema_context('s_x'):\n    pass\n")

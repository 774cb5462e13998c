"""The two floors: the guard, the stamp, the scope, the sealed tables."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from committees.filings.models import Draft
from tenants.clock import database_now
from tenants.context import CrossingRefused, association_scope, school_scope
from tenants.floors import WrongFloor, WrongSchool
from tests.ground.cast import Cast


def make_draft(cast: Cast) -> Draft:
    return Draft.objects.create(
        filing_id=uuid4(), form_code="x", form_version="1", updated_at=database_now(), updated_by=cast["clerk_a"]
    )


@pytest.mark.django_db
@pytest.mark.requirement("S9-33")
def test_a_schools_table_is_not_read_from_the_associations_floor() -> None:
    with pytest.raises(WrongFloor):
        Draft.objects.count()


@pytest.mark.requirement("S9-33")
def test_a_school_sees_its_own_rows_only(cast: Cast) -> None:
    with school_scope(cast.school_a):
        make_draft(cast)
        assert Draft.objects.count() == 1
    with school_scope(cast.school_b):
        assert Draft.objects.count() == 0


@pytest.mark.requirement("S9-33")
def test_a_row_carried_into_another_school_is_refused(cast: Cast) -> None:
    with school_scope(cast.school_a):
        draft = make_draft(cast)
    with school_scope(cast.school_b):
        with pytest.raises(WrongSchool):
            draft.save()
        with pytest.raises(WrongSchool):
            draft.delete()


@pytest.mark.requirement("S9-33")
def test_no_crossing_from_school_to_school_inside_a_transaction(cast: Cast) -> None:
    with school_scope(cast.school_a), transaction.atomic(), pytest.raises(CrossingRefused), school_scope(cast.school_b):
        pass


@pytest.mark.requirement("S9-33")
def test_a_scope_gives_back_where_it_came_from_even_after_an_error(cast: Cast) -> None:
    with school_scope(cast.school_a):
        with pytest.raises(RuntimeError), association_scope():
            raise RuntimeError
        assert connection.schema_name == cast.school_a.schema_name
    assert connection.schema_name == "public"


@pytest.mark.requirement("S9-33")
def test_history_lands_in_the_school(cast: Cast) -> None:
    from django.apps import apps

    history = apps.get_model("filings", "DraftHistory")
    with school_scope(cast.school_a):
        draft = make_draft(cast)
        draft.revision = 5
        draft.save()
        assert list(history.objects.order_by("pgh_id").values_list("revision", flat=True)) == [0, 5]
    with school_scope(cast.school_b):
        assert history.objects.count() == 0


SEALED = [
    "workflow_trail", "filings_filingversion", "filings_evidence", "filings_decision", "filings_decisionitem",
    "filings_figure", "filings_formversion", "energy_coefficientset", "tenants_schoolhistory",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.requirement("S9-33")
@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_the_runtime_role_cannot_touch_what_is_sealed(table: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.django_db
@pytest.mark.requirement("S9-33")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE SCHEMA other",
        "CREATE TABLE other (a int)",
        "ALTER TABLE filings_figure DISABLE TRIGGER ALL",
        "SELECT public.open_school_schema('s_nobody')",
        "UPDATE tenants_templatestatement SET sql = ''",
    ],
)
def test_the_runtime_role_changes_no_structure(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

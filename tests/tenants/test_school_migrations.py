"""All schools are brought up to date at once: plain changes in batches, Python one by one, going on after a break."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, RunPython, RunSQL

from tenants.actions import open_school
from tenants.clock import database_now
from tenants.fingerprint import differences, migrations_done, schemas_of_schools
from tenants.grants import write_grants
from tenants.school_migrations import migrate_schools
from tenants.template import TEMPLATE_SCHEMA, migrate_schema
from tests.ground.cast import Cast
from tests.ground.planted import NAME, planted_migration
from tests.ground.switching import as_owner

pytestmark = [pytest.mark.committed, pytest.mark.requirement("S9-33")]
PLAIN = [
    AddField("draft", "planted", models.IntegerField(default=3)),
    AddIndex("draft", models.Index(fields=["planted"], name="draft_planted")),
    RunSQL("CREATE TABLE planted_beside (a int)", hints={"floor": "school"}),
    RunSQL("CREATE VIEW planted_view AS SELECT planted FROM filings_draft", hints={"floor": "school"}),
]


def double(apps: Any, schema_editor: Any) -> None:
    apps.get_model("filings", "Draft").objects.update(revision=models.F("revision") * 2)


PYTHON = [RunPython(double, RunPython.noop, hints={"floor": "school"})]


def refresh() -> None:
    """What `refresh_template` does to the template itself."""
    migrate_schema(TEMPLATE_SCHEMA)
    write_grants(TEMPLATE_SCHEMA)


def some_schools(count: int) -> list[str]:
    for number in range(count):
        open_school(code=f"plant{number}", name_zh=f"植{number}", name_en="x", type="other", by=None, at=database_now())
    return schemas_of_schools()


def behind(schemas: list[str]) -> list[str]:
    return [schema for schema, done in migrations_done(schemas).items() if ("filings", NAME) not in done]


def test_plain_changes_go_in_batches_and_leave_no_difference(own_database: str, cast: Cast) -> None:
    schemas = some_schools(3)
    with as_owner(own_database), planted_migration(PLAIN):
        refresh()
        assert str(next(iter(differences(schemas)))).startswith("s_")
        report = migrate_schools(schemas)
        assert (report.unchanged, sorted(report.batched), report.singly, report.failed) == (0, sorted(schemas), [], {})
        assert [str(difference) for difference in differences(schemas)] == []
        assert migrate_schools(schemas).unchanged == 5


def test_python_goes_one_by_one(own_database: str, cast: Cast) -> None:
    schemas = schemas_of_schools()
    with as_owner(own_database), planted_migration(PYTHON):
        refresh()
        report = migrate_schools(schemas)
        assert (sorted(report.singly), report.batched) == (sorted(schemas), [])
        assert behind(schemas) == []


def test_a_run_that_breaks_goes_on_where_it_stopped(own_database: str, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("tenants.school_migrations.BATCH", 1)
    schemas = some_schools(2)

    class Killed(BaseException):
        """As if the process were gone."""

    batches = []

    def after_batch() -> None:
        batches.append(1)
        if len(batches) == 2:
            raise Killed

    with as_owner(own_database), planted_migration(PLAIN):
        refresh()
        with pytest.raises(Killed):
            migrate_schools(schemas, after_batch)
        assert len(behind(schemas)) == 2
        report = migrate_schools(schemas)
        assert (report.unchanged, len(report.batched)) == (2, 2)
        assert [str(difference) for difference in differences(schemas)] == []


def test_a_school_in_use_holds_up_itself_only(own_database: str, cast: Cast, monkeypatch: Any) -> None:
    import psycopg

    from tests.ground.cluster import the_cluster

    monkeypatch.setattr("tenants.school_migrations.LOCK_TIMEOUT", "100ms")
    schemas = some_schools(3)
    busy = schemas[-1]
    with psycopg.connect(the_cluster().app_url(own_database)) as reader, as_owner(own_database):
        reader.execute(f"SELECT * FROM {busy}.filings_draft")
        with planted_migration(PLAIN):
            refresh()
            report = migrate_schools(schemas)
            assert list(report.failed) == [busy]
            assert "lock timeout" in report.failed[busy]
            assert behind(schemas) == [busy]
            reader.rollback()
            assert migrate_schools(schemas).batched == [busy]
            assert behind(schemas) == []


def test_a_school_that_differs_already_is_named(own_database: str, cast: Cast) -> None:
    """The replay breaks where a school is not what it should be; the others go on."""
    schemas = some_schools(2)
    with as_owner(own_database), planted_migration(PLAIN):
        refresh()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {schemas[-1]}.filings_draft ADD COLUMN planted int")
        report = migrate_schools(schemas)
        assert list(report.failed) == [schemas[-1]]
        assert "already exists" in report.failed[schemas[-1]]
        assert len(report.batched) == 3


def test_an_upgrade_gives_back_the_rights_that_a_restored_school_has_not(own_database: str, cast: Cast) -> None:
    """A dump is put back without rights, and no migration is pending: still the runtime role must read the books."""
    schemas = schemas_of_schools()
    with as_owner(own_database):
        with connection.cursor() as cursor:
            cursor.execute(f"REVOKE ALL ON SCHEMA {schemas[0]} FROM houqin_app")
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schemas[0]} FROM houqin_app")
            cursor.execute(f"GRANT DELETE ON {schemas[1]}.filings_drafthistory TO houqin_app")
        assert {difference.schema for difference in differences(schemas)} == set(schemas)
        call_command("upgrade", verbosity=0)
        assert [str(difference) for difference in differences(schemas)] == []

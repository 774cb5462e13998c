"""The runtime role, by psycopg, tries to change what is sealed; and nothing serves with a stronger role."""

import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from deploy.roles import APP, OWNER, connect, furnish
from tenants.grants import sealed_tables
from tenants.strength import role_faults
from tests.ground.cast import Cast
from tests.ground.cluster import the_cluster
from tests.ground.databases import ROOT, environment
from tests.ground.switching import as_owner

pytestmark = [pytest.mark.committed(scope="module"), pytest.mark.requirement("S9-33")]
FIGURE, HISTORY = "public.filings_figure", "{school}.filings_drafthistory"

#: One way each of getting at a sealed row, its table, its trigger, or more rights. All end in an error.
ATTEMPTS = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "SELECT * FROM {table} FOR UPDATE",
    "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} ADD COLUMN other int",
    "ALTER TABLE {table} RENAME TO other",
    "ALTER TABLE {table} OWNER TO houqin_app",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "DROP TABLE {table}",
    "CREATE TRIGGER other BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE other AS ON SELECT TO {table} DO INSTEAD NOTHING",
    "CREATE POLICY other ON {table}",
    "CREATE INDEX ON {table} ({column})",
    "INSERT INTO {table} ({column}) VALUES (1) ON CONFLICT ({column}) DO UPDATE SET {column} = 1",
    "MERGE INTO {table} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT * FROM gone",
    "COPY {table} TO PROGRAM 'true'",
    "COPY {table} FROM '/etc/passwd'",
)
GENERAL = (
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "UPDATE pg_settings SET setting = 'replica' WHERE name = 'session_replication_role'",
    "SET ROLE houqin_owner",
    "SET ROLE postgres",
    "SELECT set_config('role', 'houqin_owner', false)",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT set_config('session_authorization', 'postgres', false)",
    "SELECT set_config('role', 'houqin_owner', false), query_to_xml('DELETE FROM filings_figure', true, true, '')",
    "GRANT houqin_owner TO houqin_app",
    "ALTER ROLE houqin_app SUPERUSER",
    "ALTER ROLE houqin_app SET session_replication_role = replica",
    "ALTER DATABASE {database} SET session_replication_role = replica",
    "ALTER SYSTEM SET session_replication_role = replica",
    "CREATE ROLE other",
    "CREATE SCHEMA other",
    "CREATE TABLE public.other (a int)",
    "CREATE TABLE {school}.other (a int)",
    "CREATE FUNCTION public.other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION public.open_school_schema(target text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER FUNCTION public.open_school_schema(text) SET search_path = public",
    "DROP FUNCTION public.open_school_schema(text)",
    "CREATE EXTENSION plpython3u",
    "CREATE EVENT TRIGGER other ON ddl_command_end EXECUTE FUNCTION pg_notify()",
    "DROP SCHEMA {school} CASCADE",
    "ALTER SCHEMA {school} RENAME TO other",
    "UPDATE pg_class SET relowner = 0",
    "DELETE FROM pg_trigger",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "DO $$ BEGIN EXECUTE 'DELETE FROM public.filings_figure'; END $$",
    "UPDATE public.tenants_templatestatement SET sql = 'SELECT 1'",
    "INSERT INTO public.tenants_templatestatement (position, sql) VALUES (0, 'GRANT houqin_owner TO houqin_app')",
    "UPDATE public.django_migrations SET name = 'x'",
    "UPDATE deployment.houqin_marker SET value = 'x'",
    "SELECT public.open_school_schema('{school}')",
    "SELECT public.open_school_schema('public; DROP TABLE x')",
)


@pytest.fixture(scope="module")
def runtime(module_database: str):
    """A plain connection as web and workers have it."""
    with psycopg.connect(the_cluster().app_url(module_database), autocommit=True) as session:
        yield session


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_sealed_is_changed(runtime, cast: Cast, attempt: str) -> None:
    places = [*(f"public.{table}" for table in sealed_tables()), HISTORY.format(school=cast.school_a.schema_name)]
    assert len(places) > 10
    for table in places:
        column = "pgh_id" if "history" in table else "id"
        with pytest.raises(psycopg.Error) as refused:
            runtime.execute(attempt.format(table=table, column=column))
        assert not isinstance(refused.value, psycopg.errors.SyntaxError), attempt


@pytest.mark.parametrize("attempt", GENERAL)
def test_no_way_to_more_rights(runtime, module_database: str, cast: Cast, attempt: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        runtime.execute(attempt.format(school=cast.school_a.schema_name, database=module_database))
    assert not isinstance(refused.value, psycopg.errors.SyntaxError), attempt
    assert runtime.execute("SELECT current_user, session_user").fetchone() == ("houqin_app", "houqin_app")


def test_control_the_owner_could_do_it(module_database: str) -> None:
    with psycopg.connect(the_cluster().owner_url(module_database)) as owner:
        for attempt in (
            "UPDATE {table} SET id = id",
            "ALTER TABLE {table} DISABLE TRIGGER USER",
            "TRUNCATE {table} CASCADE",
        ):
            owner.execute(attempt.format(table=FIGURE))
        owner.rollback()


def test_a_grant_to_oneself_gives_nothing(runtime) -> None:
    runtime.execute(f"GRANT UPDATE ON {FIGURE} TO houqin_app")  # a warning only
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute(f"UPDATE {FIGURE} SET id = id")


def test_a_table_in_front_of_ours_is_not_found_first(runtime, module_database: str) -> None:
    """A temporary table would be found before ours; a furnished database grants nobody even that."""
    with connect(the_cluster().superuser_url(module_database)) as server:
        furnish(server, OWNER, APP)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute("CREATE TEMPORARY TABLE filings_figure (a int)")


def test_a_strong_role_is_told_from_the_runtime_role(module_database: str) -> None:
    assert role_faults() == []
    with as_owner(module_database):
        faults = role_faults()
    assert "owns the portal's tables" in faults
    assert "may change sealed tables" in faults


@pytest.mark.parametrize(
    "words", [["-c", "import portal.wsgi"], ["manage.py", "procrastinate", "worker", "--one-shot"]]
)
@pytest.mark.parametrize("role", ["owner", "superuser", "runtime"])
def test_nothing_serves_as_owner_or_superuser(module_database: str, words: list[str], role: str) -> None:
    cluster = the_cluster()
    urls = {"owner": cluster.owner_url, "superuser": cluster.superuser_url, "runtime": cluster.app_url}
    given = {**environment(module_database), "DATABASE_URL": urls[role](module_database)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words], cwd=ROOT, env=given, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    if role == "runtime":
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode != 0
        assert "Web and job workers run as the runtime role" in done.stderr
    connection.close()

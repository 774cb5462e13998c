"""What each role may do, and which databases are refused."""

import psycopg
import pytest
from psycopg import sql

from deploy import roles
from deploy.given import open_given
from deploy.roles import Refused

pytestmark = pytest.mark.xdist_group("deploy")

FORBIDDEN = (
    "CREATE SCHEMA stranger",
    "CREATE TABLE stranger (id int)",
    "CREATE TABLE extensions.stranger (id int)",
    "CREATE TEMP TABLE stranger (id int)",
    "CREATE EXTENSION citext",
    "CREATE ROLE stranger",
    "SET ROLE houqin_owner",
    "SELECT * FROM deployment.houqin_marker",
    "DROP SCHEMA public",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_runtime_role_creates_nothing(cluster, database, statement):
    with (
        psycopg.connect(cluster.app_url(database), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_owner_migrates_and_uses_the_extensions(cluster, database):
    with psycopg.connect(cluster.owner_url(database), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA s_one")
        connection.execute("CREATE TABLE names (name text)")
        connection.execute("CREATE INDEX ON names USING gin (name extensions.gin_trgm_ops)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE stranger")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE DATABASE stranger")


def test_set_up_may_run_again(cluster, database):
    with roles.connect(cluster.superuser_url(database)) as connection:
        roles.furnish(connection, roles.OWNER, roles.APP)
        roles.check_is_ours(connection)
        roles.check_runtime_role(connection, roles.APP)


def test_copy_of_a_template_is_closed_like_its_source(cluster, database):
    name = f"{database}_copy"
    cluster.create_database(name, template=database)
    try:
        with roles.connect(cluster.app_url(name)) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TEMP TABLE stranger (id int)")
    finally:
        cluster.drop_database(name)


def test_dropping_ends_open_sessions(cluster, database):
    cluster.create_database("busy")
    with psycopg.connect(cluster.owner_url("busy")) as connection:
        connection.execute("SELECT 1")
        cluster.drop_database("busy")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert not roles.has_database(cluster.superuser_url(), "busy")


@pytest.fixture
def given(cluster):
    """A server's database as a person may give it: an owner who may create roles, and nothing of ours in it."""
    cluster.start()
    with roles.connect(cluster.superuser_url()) as server:
        server.execute("CREATE ROLE giver LOGIN CREATEROLE")
        server.execute("CREATE DATABASE given OWNER giver TEMPLATE template0")
    yield cluster.url("giver", "given")
    with roles.connect(cluster.superuser_url()) as server:
        server.execute("DROP DATABASE given WITH (FORCE)")
        for role in ("given_app", "giver"):
            server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def test_given_database_gets_a_runtime_role(given, tmp_path):
    password = tmp_path / "runtime-password"
    first = open_given(given, "", password)
    assert first.owner == given
    assert password.stat().st_mode & 0o777 == 0o600
    with psycopg.connect(first.runtime, autocommit=True) as connection:
        assert connection.info.user == "given_app"
        assert connection.info.password == password.read_text()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE SCHEMA stranger")
    assert open_given(given, "", password) == first
    password.unlink()
    assert open_given(given, "", password).runtime != first.runtime


def test_database_of_a_stranger_is_refused_and_left_alone(given, tmp_path):
    with roles.connect(given) as connection:
        connection.execute("CREATE TABLE ledger (id int)")
    with pytest.raises(Refused, match="not empty"):
        open_given(given, "", tmp_path / "password")
    with roles.connect(given) as connection:
        assert not roles.exists(connection, "SELECT 1 FROM pg_namespace WHERE nspname = 'extensions'")


def test_owner_without_createrole_is_told_what_to_give(given, cluster, tmp_path):
    with roles.connect(cluster.superuser_url()) as server:
        server.execute("ALTER ROLE giver NOCREATEROLE")
    with pytest.raises(Refused, match="DATABASE_OWNER_URL"):
        open_given(given, "", tmp_path / "password")


def test_runtime_role_with_too_many_rights_is_refused(given, cluster, tmp_path):
    with pytest.raises(Refused, match="one role"):
        open_given(given, given, tmp_path / "password")
    with pytest.raises(Refused, match="superuser"):
        open_given(cluster.superuser_url("given"), given, tmp_path / "password")


def test_old_server_is_refused(given, tmp_path, monkeypatch):
    monkeypatch.setattr(roles, "OLDEST_VERSION", 99)
    with pytest.raises(Refused, match="99 or newer"):
        open_given(given, "", tmp_path / "password")


def test_server_that_does_not_answer_is_said_so(tmp_path):
    with pytest.raises(Refused, match="cannot be used"):
        open_given("postgresql://nobody@127.0.0.1:1/none", "", tmp_path / "password")

"""The two roles of the portal's database, what each may do, and the mark that tells our database from a stranger's.

The owner migrates; the runtime role is what web and job worker are: it owns nothing and creates nothing.
"""

from typing import LiteralString

import psycopg
from psycopg import sql

DuplicateDatabase = psycopg.errors.DuplicateDatabase
SUPERUSER, OWNER, APP = "postgres", "houqin_owner", "houqin_app"
DATABASE = "houqin"
OLDEST_VERSION = 16
# In a schema of their own: a school's search path holds its own schema and this one, never the association's.
EXTENSIONS_SCHEMA = "extensions"
EXTENSIONS = ("pg_trgm", "btree_gist")
# Beside the floors, where no grant of the portal reaches: the runtime role must not rewrite what a database is.
MARKER_SCHEMA, MARKER = "deployment", "houqin_marker"

RUNTIME_ATTRIBUTES: LiteralString = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
OWNER_ATTRIBUTES: LiteralString = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"

MARKER_TABLE: LiteralString = (
    "CREATE TABLE IF NOT EXISTS {marker} "
    "(name text PRIMARY KEY, value text NOT NULL, noted_at timestamptz NOT NULL DEFAULT now())"
)

FOREIGN_OBJECTS = """
    SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
    LIMIT 3
"""


class Refused(Exception):
    """This database is not one the portal may use; the text says why and what to give."""


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def create_roles(server: psycopg.Connection) -> None:
    """Creates both roles where they are missing; needs a superuser."""
    for name, attributes in ((OWNER, OWNER_ATTRIBUTES), (APP, RUNTIME_ATTRIBUTES)):
        if not exists(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            try:
                server.execute(sql.SQL("CREATE ROLE {} " + attributes).format(sql.Identifier(name)))
            except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                continue  # another test process was faster


def exists(connection: psycopg.Connection, query: LiteralString, *values: object) -> bool:
    return connection.execute(query, values).fetchone() is not None


def create_database(server_url: str, database_url: str, name: str, template: str | None = None) -> None:
    """Creates the roles, the database and all it needs before the first migration."""
    with connect(server_url) as server:
        create_roles(server)
        create_empty(server, name, template or "template0")
    with connect(database_url) as database:
        furnish(database, OWNER, APP)


def create_empty(server: psycopg.Connection, name: str, template: str = "template0") -> None:
    """Creates a database as a plain copy of another, owned by the owner role."""
    words = [sql.Identifier(word) for word in (name, OWNER, template)]
    server.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*words))


def has_database(server_url: str, name: str) -> bool:
    with connect(server_url) as server:
        return exists(server, "SELECT 1 FROM pg_database WHERE datname = %s", name)


def rename_database(server_url: str, old: str, new: str) -> None:
    """Gives a finished database its name: one that is half restored never carries it."""
    with connect(server_url) as server:
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def drop_database(server_url: str, name: str) -> None:
    with connect(server_url) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def furnish(database: psycopg.Connection, owner: str, app: str) -> None:
    """Puts schemas, extensions, grants and the mark into a database; may run again at any time.

    Needs a superuser, or the owner of the database (both extensions are trusted ones).
    """
    names = {
        "database": sql.Identifier(database.info.dbname),
        "owner": sql.Identifier(owner),
        "app": sql.Identifier(app),
        "extensions": sql.Identifier(EXTENSIONS_SCHEMA),
        "deployment": sql.Identifier(MARKER_SCHEMA),
        "marker": sql.Identifier(MARKER_SCHEMA, MARKER),
    }
    steps: tuple[LiteralString, ...] = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {app}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT ALL ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "CREATE SCHEMA IF NOT EXISTS {extensions}",
        "GRANT USAGE ON SCHEMA {extensions} TO {owner}, {app}",
        "CREATE SCHEMA IF NOT EXISTS {deployment}",
        "GRANT ALL ON SCHEMA {deployment} TO {owner}",
        MARKER_TABLE,
        "ALTER TABLE {marker} OWNER TO {owner}",
    )
    with database.transaction():
        for step in steps:
            database.execute(sql.SQL(step).format(**names))
        for extension in EXTENSIONS:
            place_extension(database, extension)
    if marker(database, "product") is None:
        set_marker(database, "product", "houqin")


def place_extension(database: psycopg.Connection, name: str) -> None:
    """Creates an extension in our schema, or moves it there."""
    words = {"name": sql.Identifier(name), "schema": sql.Identifier(EXTENSIONS_SCHEMA)}
    database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {name} SCHEMA {schema}").format(**words))
    where = "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = %s"
    row = database.execute(where, (name,)).fetchone()
    if row and row[0] != EXTENSIONS_SCHEMA:
        database.execute(sql.SQL("ALTER EXTENSION {name} SET SCHEMA {schema}").format(**words))


def marker(database: psycopg.Connection, name: str) -> str | None:
    """A note kept in the database, such as the key of the content it holds; None when there is none."""
    if not exists(database, "SELECT 1 WHERE to_regclass(%s) IS NOT NULL", f"{MARKER_SCHEMA}.{MARKER}"):
        return None
    query = sql.SQL("SELECT value FROM {} WHERE name = %s").format(sql.Identifier(MARKER_SCHEMA, MARKER))
    row = database.execute(query, (name,)).fetchone()
    return row[0] if row else None


def set_marker(database: psycopg.Connection, name: str, value: str) -> None:
    command = sql.SQL(
        "INSERT INTO {} (name, value) VALUES (%s, %s) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value, noted_at = now()"
    ).format(sql.Identifier(MARKER_SCHEMA, MARKER))
    database.execute(command, (name, value))


def check_is_ours(database: psycopg.Connection) -> None:
    """Raises Refused for a server that is too old and for a database that holds something that is not ours."""
    release = database.info.server_version // 10_000
    if release < OLDEST_VERSION:
        raise Refused(f"The server runs PostgreSQL {release}; the portal needs {OLDEST_VERSION} or newer.")
    if marker(database, "product") == "houqin":
        return
    found = [row[0] for row in database.execute(FOREIGN_OBJECTS).fetchall()]
    if found:
        raise Refused(
            f"The database {database.info.dbname} is not empty and was not made by the portal (it holds "
            f"{', '.join(found)}). Give DATABASE_URL of an empty database."
        )


def check_runtime_role(database: psycopg.Connection, role: str) -> None:
    """Raises Refused when the runtime role could do more than use what it is granted."""
    row = database.execute(
        "SELECT r.rolsuper, r.rolcreaterole, r.rolbypassrls, "
        "has_database_privilege(r.oid, current_database(), 'CREATE'), "
        "has_schema_privilege(r.oid, 'public', 'CREATE') FROM pg_roles r WHERE r.rolname = %s",
        (role,),
    ).fetchone()
    if row is None:
        raise Refused(f"The role {role} of DATABASE_URL does not exist on the server.")
    faults = ("is a superuser", "may create roles", "passes row security", "may create schemas", "may create tables")
    said = [text for text, holds in zip(faults, row, strict=True) if holds]
    if said:
        raise Refused(
            f"The runtime role {role} of DATABASE_URL {', '.join(said)}. Give a role that owns nothing, "
            "and the owner's address as DATABASE_OWNER_URL."
        )

"""What the runtime role may do with each table: sealed tables are guarded here, not by triggers alone."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from psycopg import sql

from tenants.floors import ASSOCIATION, SCHOOL, floor_of

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
ONCE = "SELECT, INSERT"
READING = "SELECT"
#: Tables of Django's own that only `manage.py upgrade` writes.
READ_ONLY_TABLES = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def privileges_of(model: type[models.Model]) -> str:
    """The privileges the runtime role gets on a model's table."""
    if getattr(model, "read_only", False):
        return READING
    return ONCE if getattr(model, "sealed", False) else EVERYTHING


def sealed_tables() -> list[str]:
    """The association's tables whose rows are written once."""
    models_ = (model for model in apps.get_models() if (floor_of(model) or ASSOCIATION) == ASSOCIATION)
    return [model._meta.db_table for model in models_ if privileges_of(model) == ONCE]


def write_grants(schema: str) -> None:
    """Give the runtime role exactly its rights in one schema. Runs as the owner; repeating it changes nothing."""
    floor = ASSOCIATION if schema == "public" else SCHOOL
    special = {
        model._meta.db_table: privileges_of(model)
        for model in apps.get_models(include_auto_created=True)
        if (floor_of(model) or ASSOCIATION) == floor
    }
    with connection.cursor() as cursor:
        for statement in _statements(schema, special, _tables(schema)):
            cursor.execute(statement)


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v') ORDER BY 1",
            [schema],
        )
        return [name for (name,) in cursor.fetchall()]


def _statements(schema: str, special: dict[str, str], tables: list[str]) -> Iterator[sql.Composed]:
    names = {"schema": sql.Identifier(schema), "role": sql.Identifier(settings.RUNTIME_ROLE)}
    yield sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**names)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}").format(**names)
    yield sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}").format(**names)
    for table in tables:
        rights = READING if table in READ_ONLY_TABLES else special.get(table, EVERYTHING)
        what = {**names, "table": sql.Identifier(table), "rights": sql.SQL(rights)}
        yield sql.SQL("REVOKE ALL ON {schema}.{table} FROM {role}").format(**what)
        yield sql.SQL("GRANT {rights} ON {schema}.{table} TO {role}").format(**what)

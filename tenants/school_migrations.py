"""Bringing all schools up to date at once: read what each has, plan once, replay the same statements in batches.

Django's migrate rebuilds the whole graph for every school (half a second each, though nothing is pending). Here the
states of all schools come from one question; schools of equal state form a group; the first school of a group, the
pilot, is migrated by Django while its statements are written down, and the others get exactly these statements, fifty
schools a transaction. A migration that runs Python, or cannot stand in a transaction, goes school by school.

Killed anywhere, it goes on where it stopped: a school's statements and its record of them commit together.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from psycopg import sql

from tenants.connection import connection
from tenants.fingerprint import migrations_done
from tenants.floors import ASSOCIATION
from tenants.grants import write_grants
from tenants.template import migrate_schema

BATCH = 50
#: A school in use is waited for that long; then it is left for the next run, and the others go on.
LOCK_TIMEOUT = "5s"
#: A change that fails in so many schools fails in all: the run stops there.
MOST_PILOTS = 3
Key = tuple[str, str]
Script = list[tuple[str, Any]]
_READS = re.compile(r"\s*(SELECT|SET|SHOW|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


@dataclass
class Report:
    """What a run did, by schema: `failed` maps a schema to the reason; these are tried again by the next run."""

    unchanged: int = 0
    batched: list[str] = field(default_factory=list)
    singly: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.unchanged} unchanged, {len(self.batched)} in batches, {len(self.singly)} one by one, "
            f"{len(self.failed)} failed"
        )


def migrate_schools(schemas: Sequence[str], after_batch: Callable[[], None] | None = None) -> Report:
    """Bring these schemas up to date. Runs as the owner, after the template was refreshed, on the association's floor.

    `after_batch` is called after every committed batch (tests, progress).
    """
    report = Report()
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wanted = frozenset(loader.disk_migrations) - _squashed(loader)
    groups: dict[frozenset[Key], list[str]] = defaultdict(list)
    for schema, done in migrations_done(list(schemas)).items():
        groups[done].append(schema)
    for done, members in groups.items():
        pending = [loader.disk_migrations[key] for key in wanted - done]
        if not pending:
            report.unchanged += len(members)
        elif all(_is_plain(migration) for migration in pending):
            _by_pilot(members, report, after_batch or (lambda: None))
        else:
            _one_by_one(members, report)
    return report


def _squashed(loader: MigrationLoader) -> frozenset[Key]:
    """Squashing migrations, and those they replace, are left to Django's own loader: it decides by school."""
    return frozenset(loader.disk_migrations) - frozenset(loader.graph.nodes)


def _is_plain(migration: Migration) -> bool:
    """True when what the migration does in a school is statements that may be repeated in another as they are."""
    labels = {name.rpartition(".")[2] for name in settings.TENANT_APPS}
    if migration.app_label not in labels:
        return True
    return migration.atomic and all(_plain(operation) for operation in migration.operations)


def _plain(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return all(_plain(inner) for inner in operation.database_operations)
    if isinstance(operation, RunPython | RunSQL) and operation.hints.get("floor") == ASSOCIATION:
        return True
    if isinstance(operation, RunSQL):
        # A SELECT may call a function that writes; it is not told from Django's own questions when written down.
        return isinstance(operation.sql, str) and not _READS.match(operation.sql)
    return not isinstance(operation, RunPython)


def _by_pilot(members: list[str], report: Report, after_batch: Callable[[], None]) -> None:
    """Migrate one by Django, writing down, and repeat for the others. A pilot in use is left; the next is tried."""
    for tries, pilot in enumerate(members, 1):
        script: Script = []
        try:
            with _written_down(script):
                _migrate_one(pilot)
                if any(text.lstrip().upper().startswith("CREATE") for text, _ in script):
                    write_grants(pilot)
        except DatabaseError as error:
            report.failed[pilot] = str(error).strip()
            if tries == MOST_PILOTS:
                report.failed |= dict.fromkeys(members[tries:], report.failed[pilot])
                return
        else:
            report.batched.append(pilot)
            after_batch()
            _repeat(members[tries:], pilot, _needed(script), report, after_batch)
            return


def _repeat(schemas: list[str], pilot: str, script: Script, report: Report, after_batch: Callable[[], None]) -> None:
    for start in range(0, len(schemas), BATCH):
        _batch(schemas[start : start + BATCH], pilot, script, report)
        after_batch()


def _migrate_one(schema: str) -> None:
    """Django's migrate, which closes the connection behind itself: the time limit ends with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    try:
        migrate_schema(schema)
    except DatabaseError:
        connection.close()
        connection.set_schema_to_public()
        raise


@contextmanager
def _written_down(script: Script) -> Iterator[None]:
    """Keep every writing statement that goes through the connection."""

    def note(execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        text = statement.as_string(connection.connection) if isinstance(statement, sql.Composable) else str(statement)
        result = execute(statement, params, many, context)
        if not _READS.match(text):
            script.append((text, params))
        return result

    with connection.execute_wrapper(note):
        yield


def _needed(script: Script) -> Script:
    """Without the lines that pin functions' paths, when no function was made anew."""
    made = any("CREATE" in text and "FUNCTION" in text for text, _ in script)
    return script if made else [(text, params) for text, params in script if not text.startswith("ALTER FUNCTION")]


def _batch(schemas: list[str], pilot: str, script: Script, report: Report) -> None:
    """One transaction for all; when it fails, one for each, so that one school in use holds up itself only."""
    try:
        _replay(schemas, pilot, script)
        report.batched += schemas
    except DatabaseError:
        for schema in schemas:
            try:
                _replay([schema], pilot, script)
                report.batched.append(schema)
            except DatabaseError as error:
                report.failed[schema] = str(error).strip()


def _replay(schemas: Iterable[str], pilot: str, script: Script) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        with _together(script):
            _send(cursor, schemas, pilot, script)
        cursor.execute("SELECT set_config('search_path', %s, true)", [before])


def _send(cursor: Any, schemas: Iterable[str], pilot: str, script: Script) -> None:
    named = re.compile(rf"\b{pilot}\b")
    for schema in schemas:
        path = f"{connection.ops.quote_name(schema)}, {', '.join(settings.PG_EXTRA_SEARCH_PATHS)}"
        cursor.execute(f"SET LOCAL search_path = {path}")
        for text, params in script:
            cursor.execute(named.sub(schema, text), params)


@contextmanager
def _together(script: Script) -> Iterator[None]:
    """Statements go to the server one behind the other, without waiting for each answer; the first that fails is raised
    at the end. A string of several statements cannot go so: then each is waited for."""
    if any(";" in text.rstrip().rstrip(";") for text, _ in script):
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _one_by_one(members: list[str], report: Report) -> None:
    for schema in members:
        try:
            _migrate_one(schema)
            write_grants(schema)
        except DatabaseError as error:
            report.failed[schema] = str(error).strip()
        else:
            report.singly.append(schema)

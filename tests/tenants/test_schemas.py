"""A school opened, a school migrated, and the template are the same, by name; what differs is named."""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tenants.fingerprint import differences, facts_of, schemas_of_schools
from tests.ground.cast import Cast
from tests.ground.databases import ROOT, environment
from tests.ground.switching import as_owner as as_owner_here

pytestmark = [pytest.mark.committed, pytest.mark.requirement("S9-33")]

#: What is done to school b, and what the report must name.
PLANTED = (
    ("ALTER TABLE {s}.filings_draft ADD COLUMN extra int", "column filings_draft.extra is too many"),
    ("ALTER TABLE {s}.filings_draft ALTER form_code TYPE varchar(41)", "column filings_draft.form_code is"),
    ("ALTER TABLE {s}.filings_draft ALTER revision SET DEFAULT 7", "column filings_draft.revision is"),
    ("ALTER TABLE {s}.filings_draft ALTER id DROP IDENTITY", "column filings_draft.id is"),
    ("ALTER TABLE {s}.filings_draft ALTER form_version DROP NOT NULL", "column filings_draft.form_version is"),
    ("ALTER TABLE {s}.filings_draft RENAME CONSTRAINT {constraint} TO other", "constraint filings_draft.other is too"),
    ("DROP INDEX {s}.{index}", "index {index} is missing"),
    ("ALTER TABLE {s}.filings_draft DISABLE TRIGGER {trigger}", "trigger filings_draft.{trigger} is"),
    (
        "CREATE OR REPLACE FUNCTION {s}.{function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "function @.{function}() is",
    ),
    ("ALTER FUNCTION {s}.{function}() RESET search_path", "function @.{function}() is"),
    ("GRANT UPDATE ON {s}.filings_drafthistory TO houqin_app", "grants on table filings_drafthistory is"),
    ("DELETE FROM {s}.django_migrations WHERE app = 'filings' AND name LIKE '0001%'", "migration filings.0001_initial"),
    ("CREATE TABLE {s}.left_over (a int)", "table left_over is too many"),
    ("REVOKE USAGE ON SCHEMA {s} FROM houqin_app", "schema @ is"),
)


def words(schema: str) -> dict[str, str]:
    """Names of single objects, as they stand in this database."""
    facts = facts_of(schema)

    def first(kind: str, start: str) -> str:
        return next(name for k, name in sorted(facts) if k == kind and name.startswith(start))

    return {
        "s": schema,
        "constraint": first("constraint", "filings_draft.filings_draft_filing").split(".")[1],
        "index": next(
            name for kind, name in sorted(facts)
            if kind == "index" and ("constraint", f"filings_draftevidence.{name}") not in facts and "draftevidence" in name
        ),
        "trigger": first("trigger", "filings_draft.").split(".")[1],
        "function": first("function", "@.").removeprefix("@.").removesuffix("()"),
    }  # fmt: skip


def test_every_planted_difference_is_named(own_database: str, cast: Cast) -> None:
    schema = cast.school_b.schema_name
    named = words(schema)
    assert list(differences(schemas_of_schools())) == []
    missed = []
    with as_owner_here(own_database):
        for statement, expected in PLANTED:
            found = seen_with(statement.format(**named))
            if not any(expected.format(**named) in line and line.startswith(schema) for line in found):
                missed.append((statement, expected.format(**named), found))
        assert not missed
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {schema}.filings_draft ADD COLUMN extra int")
        errors = StringIO()
        with pytest.raises(CommandError, match="1 differences"):
            call_command("check_schemas", stderr=errors)
    assert errors.getvalue() == f"{schema}: column filings_draft.extra is too many\n"


def seen_with(statement: str) -> list[str]:
    """What is reported with one fault planted; it is taken out again, so that none hides behind another."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        found = [str(difference) for difference in differences(schemas_of_schools())]
        transaction.set_rollback(True)
    return found


def as_owner(database: str, code: str) -> str:
    """Run a piece of code on the database as its owner."""
    program = f"import django; django.setup()\n{code}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, env=environment(database, as_owner=True),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_migrated_school_equals_an_opened_one(own_database: str, cast: Cast) -> None:
    as_owner(
        own_database,
        "from django.db import connection\nfrom tenants.template import migrate_schema\n"
        "from tenants.grants import write_grants\n"
        "connection.cursor().execute('CREATE SCHEMA s_migrated')\n"
        "migrate_schema('s_migrated'); write_grants('s_migrated')",
    )
    assert [str(d) for d in differences(["s_migrated"], cast.school_a.schema_name)] == []
    assert [str(d) for d in differences(["s_nowhere"])] == ["s_nowhere: schema s_nowhere is missing"]

"""A database whose migrations rendered few classes (tenants/rendering.py) is the one that Django's own way makes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from tenants.template import pg_dump_path
from tests.ground.cluster import the_cluster
from tests.ground.databases import ROOT, environment

pytestmark = [pytest.mark.prove, pytest.mark.timeout(900)]
_USUAL = """
import django
django.setup()
from django.core.management import call_command
from django.db.migrations.state import ProjectState
from tenants import migrate
migrate.ThriftyState = ProjectState
call_command("upgrade")
"""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:[\d.+]+")
#: What migrations write beside tables, without their keys.
_ROWS = (
    "SELECT app, name FROM django_migrations",
    "SELECT app_label, model FROM django_content_type",
    "SELECT codename, app_label, model FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id",
    "SELECT position::text, sql FROM tenants_templatestatement",
)


@pytest.fixture
def two_databases() -> Iterator[tuple[str, str]]:
    names = (f"hqt_{os.getpid()}_thrifty", f"hqt_{os.getpid()}_usual")
    for name in names:
        the_cluster().drop_database(name)
        the_cluster().create_database(name)
    yield names
    for name in names:
        the_cluster().drop_database(name)


def test_both_ways_make_the_same_database(two_databases: tuple[str, str]) -> None:
    for name, command in zip(two_databases, (("manage.py", "upgrade"), ("-c", _USUAL)), strict=True):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment(name, as_owner=True), check=True)
    thrifty, usual = map(_dump, two_databases)
    assert thrifty == usual
    thrifty_rows, usual_rows = map(_rows, two_databases)
    assert thrifty_rows == usual_rows
    assert len(thrifty) > 1000


def _dump(database: str) -> list[str]:
    words = [pg_dump_path(), "--schema-only", the_cluster().superuser_url(database)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    # Newer servers put a word of their own, new each time, around a dump.
    return [line for line in done.stdout.splitlines() if not line.startswith("\\")]


def _rows(database: str) -> list[list[tuple[str, ...]]]:
    with psycopg.connect(the_cluster().superuser_url(database)) as connection:
        found = [sorted(connection.execute(question).fetchall()) for question in _ROWS]
    return [[tuple(_MOMENT.sub("then", word) for word in row) for row in rows] for rows in found]

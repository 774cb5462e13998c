"""What is sealed is not changed by the runtime role, and what its owner changes is found and named."""

import hashlib
import json
import random
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from committees.filings.card import seal_document
from committees.filings.invariants import broken_invariants
from committees.filings.models import DailyRoot, FilingVersion
from committees.filings.root_actions import close_days
from tenants.clock import database_now
from tests.committees.filings.core.ground import Case
from tests.committees.filings.sealed.ground import PLACES, REFUSED, Tampered, full_case, rewrite_consistently, tamper
from tests.ground.clients import association_client
from tests.ground.switching import as_owner

pytestmark = [pytest.mark.committed(scope="module"), pytest.mark.requirement("S9-33")]


@pytest.fixture(scope="module")
def sealed(module_database: str, django_db_blocker) -> Iterator[Case]:  # type: ignore[no-untyped-def]
    """One full case for the module, committed; the connection is the owner's."""
    from tests.ground.cast import read_cast

    with django_db_blocker.unblock():
        case = full_case(read_cast())
        close_days(at=database_now())
        assert list(broken_invariants()) == []
        with as_owner(module_database):
            yield case


def found_with(table: str, column: str, pick: random.Random) -> tuple[Tampered | None, list[str]]:
    """One value changed and undone: (what was done, what was found); None where the database refuses twenty tries."""
    for _ in range(20):
        try:
            with transaction.atomic():
                done = tamper(table, column, pick)
                if done is None:
                    return None, []
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                found = list(broken_invariants())
                transaction.set_rollback(True)
                return done, found
        except IntegrityError:  # the database itself refuses this one
            continue
    return None, []


@pytest.mark.parametrize(("table", "column"), PLACES)
def test_every_single_value_is_proved_by_another(sealed: Case, table: str, column: str) -> None:
    done, found = found_with(table, column, random.Random(7))
    if (table, column) in REFUSED:
        assert done is None, "the database's own constraints refuse it, or nothing can be pointed at"
        return
    assert done is not None
    assert done.is_named_in(found), (done, found)


def test_a_removed_row_is_found(sealed: Case) -> None:
    for table in ("filings_evidence", "filings_figure", "filings_decisionitem", "filings_rollup", "workflow_trail"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})")
            assert list(broken_invariants()), table
            transaction.set_rollback(True)


def test_a_consistent_rewrite_is_caught_by_the_root_and_by_the_receipt(sealed: Case, tmp_path: Path) -> None:
    version = FilingVersion.objects.filter(filing=sealed.filing).order_by("version")[1]
    receipt = tmp_path / "seal.json"
    receipt.write_text(seal_document(version.filing, version), encoding="utf-8")
    kept = DailyRoot.objects.order_by("-day").first()
    assert kept is not None
    words = ["--receipt", str(receipt), "--root", f"{kept.day}={kept.root}"]
    call_command("verify_invariants", *words, stdout=StringIO())
    with transaction.atomic():
        rewrite_consistently(version)
        found = list(broken_invariants())
        assert any(line.startswith("day ") and "root and contents differ" in line for line in found)
        # The roots rewritten as well: only what was kept elsewhere still knows.
        DailyRoot.objects.all().delete()
        close_days(at=database_now())
        found = [line for line in broken_invariants() if not line.split(": ")[-1].startswith("figure")]
        said = StringIO()
        with pytest.raises(CommandError):
            call_command("verify_invariants", *words, stdout=StringIO(), stderr=said)
        assert f"version {version.version}: the receipt's seal is" in said.getvalue()
        assert f"day {kept.day}: the root kept elsewhere" in said.getvalue()
        transaction.set_rollback(True)
    call_command("verify_invariants", *words, stdout=StringIO())


def test_the_roots_are_published_and_anyone_can_check_them(sealed: Case) -> None:
    visitor = association_client()
    page = visitor.get("/roots/").text
    rows = list(DailyRoot.objects.order_by("day"))
    assert len(rows) == 2
    assert [row.previous for row in rows] == ["", rows[0].root]
    for row in rows:
        assert row.root in page
        text = visitor.get(f"/roots/{row.day.isoformat()}.txt").content
        assert hashlib.sha256(text).hexdigest() == row.root
    version = FilingVersion.objects.filter(filing=sealed.filing).order_by("-version").first()
    assert version is not None
    receipt = json.loads(seal_document(version.filing, version))
    assert f"seal {receipt['seal']}" in text.decode().splitlines()
    assert visitor.get("/roots/2026-13-01.txt").status_code == 404
    assert visitor.get("/roots/2020-01-01.txt").status_code == 404


def test_a_day_is_closed_once_and_only_when_it_is_over(sealed: Case) -> None:
    assert close_days(at=database_now()) == []

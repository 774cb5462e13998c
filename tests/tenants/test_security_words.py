"""The security log in words: every fact is named, people by name; refusals and exports are in it; half a year at least."""

import ast
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.utils import ProgrammingError

from tenants.clock import database_now
from tenants.models import SecurityAction, SecurityEvent
from tenants.security_words import NAMES, in_words, names_in
from tests.ground.databases import OWN, ROOT

pytestmark = pytest.mark.django_db
ARGUMENTS = {"action", "user", "at", "school", "succeeded"}


def test_every_fact_that_is_written_has_a_name():
    written = set()
    for top in OWN:
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if name in {"record_event", "note_export", "note_payload"}:
                    written |= {word.arg for word in node.keywords if word.arg} - ARGUMENTS
    assert "person" in written
    assert written <= set(NAMES), written - set(NAMES)


def test_people_and_roles_are_named(cast):
    person = cast["head_a"]
    row = SecurityEvent(facts={"person": str(person.public_id), "role": "head", "changed": ["phone"], "undone": True})
    named = names_in([row])
    words = in_words(row.facts, named)
    assert "林渡 (head_a)" in words
    assert str(person.public_id) not in words
    assert "head " not in words.replace("head_a", "")


def test_a_page_of_lines_costs_two_queries_for_names(cast, queries):
    rows = [SecurityEvent(facts={"person": str(cast[key].public_id)}) for key in ("head_a", "head_b", "clerk_a")]
    with queries(1):
        names_in(rows)


def test_a_refusal_is_written_down(client_on, cast):
    client = client_on("portal.localhost", cast["secretary"])
    assert client.get("/office/security/").status_code == 403
    row = SecurityEvent.objects.get(action=SecurityAction.ACCESS_REFUSED)
    assert (row.user, row.facts["path"], row.succeeded) == (cast["secretary"], "/office/security/", False)


def test_an_export_is_written_down(client_on, cast):
    client = client_on("portal.localhost", cast["audit_admin"])
    b"".join(client.get("/office/security/export/").streaming_content)
    assert SecurityEvent.objects.get(action=SecurityAction.EXPORTED).facts == {"what": "security_log"}


@pytest.mark.parametrize("days", [1, 179])
def test_less_than_half_a_year_cannot_be_set(settings, days):
    from django.core.checks import run_checks

    settings.SECURITY_LOG_DAYS = days
    assert [fault.id for fault in run_checks(tags=["security_log"])] == ["houqin.E010"]


def test_only_the_owner_lets_go_of_old_lines(settings):
    from django.db import transaction

    old = database_now() - timedelta(days=settings.SECURITY_LOG_DAYS + 1)
    SecurityEvent.objects.create(at=old, action=SecurityAction.SIGN_IN)
    with pytest.raises(ProgrammingError), transaction.atomic():
        call_command("retire_security_log")

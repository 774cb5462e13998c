"""What is taken along when one school is backed up: its rows at the association, and every content its books name."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from committees.files.inspection import Inspection, inspect_upload
from committees.filings.school.evidence import add_evidence
from tenants.context import school_scope
from tests.committees.filings.school.ground import VALUES, make_case
from tests.ground.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
pytestmark = pytest.mark.requirement("G21")


def extract(*words: str) -> str:
    said = StringIO()
    call_command("school_extract", *words, stdout=said)
    return said.getvalue()


def test_files_of_drafts_and_rows_of_the_association_are_in_it(cast: Cast) -> None:
    case = make_case(cast)
    case.begin()
    case.write(VALUES)
    inspected = inspect_upload("电表.pdf", PDF)
    assert isinstance(inspected, Inspection)
    with school_scope(cast.school_a):
        kept = add_evidence(
            filing=case.filing, content=PDF, inspection=inspected, by=cast["clerk_a"], at=datetime.now(UTC)
        )
    assert json.loads(extract(cast.school_a.code))["contents"] == [kept.sha256]
    assert json.loads(extract(cast.school_b.code))["contents"] == []
    case.approve()
    found = json.loads(extract(cast.school_a.code))
    assert found["contents"] == [kept.sha256]
    assert [row["sha256"] for row in found["rows"]["filings.Evidence"]] == [kept.sha256]
    assert len(found["rows"]["filings.FilingVersion"]) == 1


def test_what_was_changed_since_is_named(cast: Cast, tmp_path) -> None:
    case = make_case(cast)
    earlier = tmp_path / "extract.json"
    earlier.write_text(extract(cast.school_a.code))
    assert "0 rows differ" in extract(cast.school_a.code, "--against", str(earlier))
    case.begin()
    said = extract(cast.school_a.code, "--against", str(earlier))
    assert f"filings.Filing {case.filing.pk}: changed since" in said

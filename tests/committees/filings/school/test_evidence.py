"""Evidence beside a draft: taken, listed, sent to members only, removed, sealed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees.files.registry import known_hashes
from committees.filings.models import DraftEvidence
from tenants.context import school_scope
from tests.committees.filings.school.ground import VALUES, Case
from tests.ground.cast import PASSWORD

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def begun(case: Case) -> Case:
    """A whole return."""
    case.begin()
    case.write(VALUES)
    return case


def attach(case: Case, content: bytes = PDF, name: str = "电费发票.pdf"):
    """The clerk adds a file."""
    return case.client().post(f"{case.path}evidence/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def address(page: str, case: Case) -> str:
    """Where the first file of the page is."""
    start = page.index(f"{case.path}evidence/", page.index('class="hq-files"'))
    return page[start : page.index('"', start)]


def test_a_file_is_listed_sent_and_removed(begun: Case):
    page = attach(begun).content.decode()
    assert "电费发票.pdf" in page
    here = address(page, begun)
    answer = begun.client("head_a").get(here)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = attach(begun).content.decode()
    assert again.count('class="x"') == 1  # the same file twice is kept once
    assert begun.client().post(f"{here}remove/").status_code == 302
    assert begun.client().get(here).status_code == 404


@pytest.mark.requirement("UPL")
@pytest.mark.parametrize("content", [b"", b"<html><script>", b"MZ\x90\x00 program"])
def test_what_is_no_paper_is_refused(begun: Case, content):
    assert "hq-files" not in attach(begun, content, "invoice.pdf").content.decode()


@pytest.mark.requirement("S9-44")
def test_evidence_goes_under_the_seal(begun: Case):
    attach(begun)
    begun.client().post(f"{begun.path}request_approval/")
    begun.client("head_a").post(f"{begun.path}file/", {"stated": "1", "password": PASSWORD})
    assert begun.state() == "filed"
    sealed = begun.filing.latest.evidence.get()
    here = f"{begun.path}versions/1/{sealed.sha256}/"
    assert here in begun.client().get(begun.path).content.decode()
    assert b"".join(begun.client().get(here).streaming_content) == PDF


def test_the_sweeper_knows_drafts_and_sealed_files(begun: Case):
    attach(begun)
    with school_scope(begun.filing.school):
        kept = DraftEvidence.objects.get().sha256
    assert kept in known_hashes()
    begun.client().post(f"{begun.path}request_approval/")
    begun.client("head_a").post(f"{begun.path}file/", {"stated": "1", "password": PASSWORD})
    with school_scope(begun.filing.school):
        DraftEvidence.objects.all().delete()
    assert kept in known_hashes()

"""The file store fails: a clear text, nothing kept by half, nothing of the return lost; and what the sweep must see."""

import errno
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees.files import store, tasks
from committees.files.registry import known_hashes
from committees.filings import actions, evidence_hashes
from committees.filings.models import DraftEvidence, Evidence
from tenants.context import school_scope
from tests.committees.filings.school.ground import AT, VALUES, Case

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def begun(case: Case) -> Case:
    """A whole return."""
    case.begin()
    case.write(VALUES)
    return case


def attach(case: Case):
    """The clerk adds a file."""
    return case.client().post(f"{case.path}evidence/", {"file": SimpleUploadedFile("bill.pdf", PDF)}, follow=True)


@pytest.mark.requirement("FLT")
@pytest.mark.parametrize(
    ("number", "text"),
    [
        (errno.ENOSPC, "存不下了"), (errno.EDQUOT, "存不下了"), (errno.EFBIG, "存不下了"), (errno.EROFS, "暂时存不了"),
        (errno.EACCES, "暂时存不了"), (errno.EIO, "暂时存不了"),
    ],
)  # fmt: skip
def test_a_store_that_takes_nothing_says_so(begun: Case, monkeypatch, number, text):
    def fail(*args):
        raise OSError(number, "the disk says no")

    monkeypatch.setattr(store, "_write_part", fail)
    page = attach(begun)
    assert page.status_code == 200
    assert text in page.content.decode()
    with school_scope(begun.filing.school):
        assert not DraftEvidence.objects.exists()
    assert begun.draft().entries["water"]["value"] == VALUES["water"]
    monkeypatch.undo()
    assert "bill.pdf" in attach(begun).content.decode()


@pytest.mark.requirement("UPL")
def test_a_file_sealed_while_the_sweeper_reads_is_known_to_it(begun: Case, monkeypatch):
    """Sealed and taken from its draft between the sweeper's two reads: it must be seen in one of them."""
    attach(begun)
    enter, cast = evidence_hashes.school_scope, begun.cast

    def seal_first(school):
        if school == begun.filing.school and not Evidence.objects.exists():
            with enter(school):
                actions.request_approval(filing=begun.filing, by=cast["clerk_a"], at=AT)
                actions.file(filing=begun.filing, by=cast["head_a"], at=AT)
                DraftEvidence.objects.all().delete()
        return enter(school)

    monkeypatch.setattr(evidence_hashes, "school_scope", seal_first)
    known = known_hashes()
    assert Evidence.objects.get().sha256 in known


def test_the_nightly_sweep_takes_what_nobody_names(begun: Case, tmp_path, monkeypatch):
    """In a store of its own: other tests keep files in the shared one at the same time."""
    own = store.FileStore(tmp_path / "files")
    monkeypatch.setattr(tasks, "file_store", lambda: own)
    attach(begun)
    known, orphan = own.keep(PDF).sha256, own.keep(b"nobody's").sha256
    assert tasks.sweep_files().removed == (), "an upload may be under way"
    assert tasks.sweep_files(older_than=timedelta(seconds=-5)).removed == (orphan,)
    assert own.has(known)

"""The disk of the file store is full or read-only: the person is told so, nothing is kept by half, work goes on."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from committees.files.store import FileStore
from committees.filings.models import DraftEvidence
from tenants.context import school_scope
from tests.committees.filings.school.ground import VALUES, make_case
from tests.ground.cast import read_cast
from tests.ground.live import free_port
from tests.prove.crashes.browser import Browser
from tests.prove.crashes.stand import Stand

pytestmark = [pytest.mark.prove, pytest.mark.committed, pytest.mark.requirement("FLT")]
MB = 1024 * 1024
FULL, CLOSED = "文件存不下了", "文件暂时存不了"


def may_mount(folder: Path) -> bool:
    """Whether this process may mount a small disk of its own (root in a container may not)."""
    if (
        os.getuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False).returncode
    ):
        return False
    subprocess.run(["umount", folder], check=True)
    return True


def pdf(size: int) -> bytes:
    """A file of about this size that is a PDF at its start and its end."""
    return b"%PDF-1.7\n" + os.urandom(size) + b"\n%%EOF\n"


class Person:
    """A clerk of school A with a return, in front of a portal whose file store is in trouble."""

    def __init__(self, stand: Stand) -> None:
        cast = read_cast()
        self.stand, self.case = stand, make_case(cast)
        self.case.begin()
        self.case.write(VALUES)
        self.browser = Browser.of(stand.port, cast.school_a, cast["clerk_a"])
        self.path = f"/filings/{self.case.filing.public_id}/"

    def attach(self, name: str, content: bytes) -> str:
        """Upload; the page that a person then sees."""
        answer = self.browser.upload(f"{self.path}evidence/", name, content)
        assert answer is not None
        assert answer[0] == 302, answer
        page = self.browser.get(f"{self.path}prepare/")
        assert page is not None
        assert page[0] == 200
        return page[1]

    def save(self, water: str) -> None:
        """Filling in goes on."""
        fields = {"revision": str(self.case.draft().revision), "q-water": water}
        answer = self.browser.post(f"{self.path}prepare/", fields)
        assert answer is not None
        assert answer[0] == 302
        assert self.case.entry("water")["value"] == water

    def rows_are_files(self, many: int) -> None:
        """Every row has its whole content, and there is nothing else in the store."""
        store = FileStore(self.stand.folder / "files")
        with school_scope(self.case.filing.school):
            hashes = set(DraftEvidence.objects.values_list("sha256", flat=True))
        assert len(hashes) == many
        assert all(store.verify(sha256) for sha256 in hashes)
        assert {item.sha256 for item in store.lying()} == hashes
        assert not list((store.root / "incoming").glob("*"))


@pytest.fixture
def stand(own_database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stand]:
    """A portal on a copy of the tests' database; the parameter is what its web process is started behind."""
    folder = tmp_path / "live"
    folder.mkdir()
    portal = Stand(free_port(), own_database, folder, wrap=getattr(request, "param", ()))
    yield portal
    portal.stop()


@pytest.fixture
def small_disk(stand: Stand) -> Iterator[Path]:
    """The file store on a disk of 1 MB."""
    store = stand.folder / "files"
    store.mkdir()
    if not may_mount(store):
        pytest.skip("a disk of one's own needs root and the right to mount")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=0750", "tmpfs", store], check=True)
    yield store
    stand.stop()
    subprocess.run(["umount", store], check=True)


def test_a_full_disk_is_said_and_nothing_is_lost(stand: Stand, small_disk: Path):
    stand.serve()
    person = Person(stand)
    small = pdf(300_000)
    assert "first.pdf" in person.attach("first.pdf", small)
    page = person.attach("second.pdf", pdf(900_000))
    assert FULL in page
    assert "second.pdf" not in page
    person.rows_are_files(1)
    person.save("1234")
    assert "third.pdf" in person.attach("third.pdf", pdf(200_000)), "what fits is taken again"
    person.rows_are_files(2)


def test_a_read_only_folder_is_said_and_opens_again(stand: Stand, small_disk: Path):
    stand.serve()
    person = Person(stand)
    assert "first.pdf" in person.attach("first.pdf", pdf(1000))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    page = person.attach("second.pdf", pdf(2000))
    assert CLOSED in page
    assert "second.pdf" not in page
    person.save("1234")
    kept = FileStore(small_disk)
    with school_scope(person.case.filing.school):
        row = DraftEvidence.objects.get()
    assert kept.verify(row.sha256), "what was kept can still be read"
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert "second.pdf" in person.attach("second.pdf", pdf(2000))
    person.rows_are_files(2)


@pytest.mark.parametrize("stand", [("prlimit", f"--fsize={MB}")], indirect=True, ids=["RLIMIT_FSIZE"])
def test_a_limit_on_a_file_is_said_for_small_and_large_uploads(stand: Stand):
    """Large uploads meet the limit earlier, while they are received into a temporary file."""
    stand.serve()
    person = Person(stand)
    for size in (MB + 500_000, 3 * MB):
        page = person.attach("large.pdf", pdf(size))
        assert FULL in page
        assert "large.pdf" not in page
    assert "small.pdf" in person.attach("small.pdf", pdf(1000))
    person.rows_are_files(1)
    person.save("1234")


@pytest.mark.skipif(os.getuid() == 0, reason="root passes closed folders; the read-only disk stands for it")
def test_a_folder_closed_to_us_is_said(stand: Stand):
    stand.serve()
    person, store = Person(stand), stand.folder / "files"
    store.mkdir(mode=0o500)
    try:
        assert CLOSED in person.attach("first.pdf", pdf(1000))
    finally:
        store.chmod(0o700)
    assert "first.pdf" in person.attach("first.pdf", pdf(1000))

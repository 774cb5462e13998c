"""Every planted fault is still one: its patch fits the code, and the tests that must catch it are there."""

import os
import subprocess

import pytest

from tests.ground.databases import ROOT
from tests.mutants.fault import FOLDER, NotAFault, all_faults, read_fault

LEAST = 30


@pytest.mark.requirement("G30")
def test_there_are_enough_in_every_room_and_their_numbers_are_in_order():
    faults = all_faults()
    assert len(faults) >= LEAST
    assert [int(fault.name[:2]) for fault in faults] == list(range(1, len(faults) + 1))
    rooms = {fault.name.split("-")[1] for fault in faults}
    assert {"tenants", "workflow", "filings", "files", "workbooks", "energy", "calendar", "signin"} <= rooms


@pytest.mark.parametrize("fault", all_faults(), ids=lambda fault: fault.name)
def test_the_patch_fits_and_its_tests_are_there(fault):
    """When it does not: plant the fault again by hand, `git diff -U1`, and put the two lines of words above it."""
    given = {**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)}
    words = ["git", "apply", "--check", "--unidiff-zero", "-C1", str(fault.path)]
    done = subprocess.run(words, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"write {fault.path.name} anew: {done.stderr}"
    assert (ROOT / fault.tests[0]).is_file()


def test_a_patch_without_its_two_lines_is_refused(tmp_path):
    path = tmp_path / "01-x.patch"
    path.write_text((FOLDER / all_faults()[0].path.name).read_text().partition("\n")[2])
    with pytest.raises(NotAFault, match="Fault"):
        read_fault(path)

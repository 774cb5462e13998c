"""Every planted fault is still one: its patch fits the code, and the tests that must catch it are there."""

import re

import pytest

from tests.mutants.fault import FOLDER, NotAFault, all_faults, read_fault
from tests.mutants.fits import misfit

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
    assert misfit(fault) == ""


def test_a_patch_that_fits_nothing_is_told(tmp_path):
    """The control of `make lint`'s check: code that has changed under a patch, and a test that is gone."""
    text = all_faults()[0].path.read_text()
    changed, gone = tmp_path / "01-x-y.patch", tmp_path / "02-x-y.patch"
    changed.write_text(re.sub(r"\n-(?!--)", "\n-zzz", text))
    gone.write_text(text.replace("Caught by: tests/", "Caught by: tests/no/"))
    assert "does not fit" in misfit(read_fault(changed))
    assert "there is no tests/no/" in misfit(read_fault(gone))


def test_a_patch_without_its_two_lines_is_refused(tmp_path):
    path = tmp_path / "01-x.patch"
    path.write_text((FOLDER / all_faults()[0].path.name).read_text().partition("\n")[2])
    with pytest.raises(NotAFault, match="Fault"):
        read_fault(path)

"""A confined process: its limits hold, and whatever it does, its caller gets an answer."""

import subprocess
import sys
from pathlib import Path

import pytest

from tenants.confined.running import Ending, run_confined

CHILD = "tests.tenants.confined_child"
MB = 1024 * 1024


def told(word, body=b"", seconds=20.0, most_bytes=MB):
    return run_confined(CHILD, word.encode() + b"\n" + body, seconds=seconds, most_bytes=most_bytes)


@pytest.mark.requirement("UPL-03")
def test_input_goes_in_and_output_comes_out():
    body = bytes(range(256)) * 4_000
    assert told("echo", body, most_bytes=len(body)).output == body


def test_a_process_that_reads_nothing_still_answers():
    found = told("deaf", b"x" * 8 * MB)
    assert (found.ending, found.output) == (Ending.WELL, b"not heard")


@pytest.mark.parametrize(
    ("word", "ending"),
    [("fail", Ending.BADLY), ("burn", Ending.ENDED), ("flood", Ending.TOO_MUCH)],
)
def test_each_end_has_its_name_and_gives_nothing(word, ending):
    found = told(word)
    assert (found.ending, found.output) == (ending, b"")


@pytest.mark.parametrize("word", ["sleep", "hang"])
def test_a_slow_process_is_killed(word):
    assert told(word, seconds=1.5).ending is Ending.TOO_SLOW


def test_one_byte_too_much_is_too_much():
    assert told("echo", b"12345", most_bytes=5).output == b"12345"
    assert told("echo", b"123456", most_bytes=5).ending is Ending.TOO_MUCH


def test_no_memory_no_file_no_environment():
    if sys.platform == "linux":
        assert told("swell").output == b"no memory"
    assert told("write").output == b"no file"
    assert "SECRET" not in told("environment").output.decode()
    assert "DJANGO_SETTINGS_MODULE" not in told("environment").output.decode()


def test_a_module_that_is_none_ends_badly():
    assert run_confined("tests.nothing", b"", seconds=20, most_bytes=MB).ending is Ending.BADLY


def test_it_starts_without_django():
    words = "import sys, tenants.confined.running, tenants.confined.limits; sys.exit('django' in sys.modules)"
    assert not subprocess.run([sys.executable, "-c", words], cwd=Path(__file__).parents[2], check=False).returncode

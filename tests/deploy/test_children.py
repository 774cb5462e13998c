"""Programs of an earlier run are known by our own notes, and strangers are left alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import children, procfs
from deploy.children import Child
from deploy.places import Places

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def clone(tmp_path: Path) -> Places:
    places = Places(tmp_path, tmp_path / ".data")
    places.make()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return places


def child(clone: Places, code: str = SLEEP) -> Child:
    return Child("web", [str(clone.clone / ".venv" / "bin" / "python"), "-c", code], {}, clone)


def test_child_of_a_killed_run_is_ended_with_its_own_children(clone):
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}]); {SLEEP}"
    started = child(clone, code)
    started.start()
    while len(members := children.left_over(clone, "web")) < 2:
        assert not started.ended()
    # The leader dies alone, as after kill -9: what it started still counts as ours.
    started.program.kill()
    started.program.wait()
    assert children.end_left_over(clone, "web")
    assert not any(procfs.alive(pid) for pid in members)
    assert not children.note_file(clone, "web").exists()


def test_reused_number_is_a_stranger(clone):
    started = child(clone)
    started.start()
    try:
        noted = json.loads(children.note_file(clone, "web").read_text())
        children.note_file(clone, "web").write_text(json.dumps({**noted, "started": noted["started"] + 10_000}))
        assert children.left_over(clone, "web") == []
        assert not children.end_left_over(clone, "web")
        assert procfs.alive(started.program.pid)
    finally:
        started.program.kill()
        started.program.wait()


def test_program_of_another_python_is_a_stranger(clone):
    stranger = subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True)
    try:
        started = procfs.read(stranger.pid).started
        children.note_file(clone, "web").write_text(json.dumps({"pid": stranger.pid, "started": started}))
        assert not children.end_left_over(clone, "web")
        assert procfs.alive(stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize(
    "text", ["", "no json", "{}", '{"pid": "x", "started": 1}', "[1]", '{"pid": 999999999, "started": 0}']
)
def test_broken_note_stops_nothing(clone, text):
    children.note_file(clone, "web").write_text(text)
    assert not children.end_left_over(clone, "web")


def test_program_that_keeps_dying_is_given_up(clone):
    dying = child(clone, "raise SystemExit('no settings')")
    dying.start()
    for expected in (True, True, True, False):
        dying.program.wait()
        assert dying.restart() == expected
    assert "no settings" in dying.last_words()


def test_stop_insists(clone):
    code = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEP}"
    deaf = child(clone, code)
    deaf.start()
    while "deaf" not in deaf.last_words():
        assert not deaf.ended()
    deaf.stop(0.2)
    assert deaf.ended()

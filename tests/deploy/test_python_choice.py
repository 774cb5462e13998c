"""Which Python a fresh clone takes."""

import subprocess
from pathlib import Path

import pytest

CHOICE = Path(__file__).parents[2] / "deploy" / "python.sh"


def fake(folder: Path, name: str, says: str) -> Path:
    """An interpreter that answers the probe with `says`; one that says nothing fails, as a pyenv shim does."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{f'echo {says}' if says else 'echo not installed >&2; exit 127'}\n")
    path.chmod(0o755)
    return path


def choose(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(folder), "HOME": str(folder / "home"), "PYTHON_PLACES": ""}
    return subprocess.run(["/bin/sh", str(CHOICE)], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("interpreters", "chosen"),
    [
        ({"python3.11": "3.11", "python3.13": "3.13", "python3.12": "3.12"}, "python3.13"),
        ({"python3.13": "", "python3.12": "", "python3.11": "3.11"}, "python3.11"),
        ({"python3": "3.12"}, "python3"),
        ({"python3": "3.10", "python3.11": "3.11"}, "python3.11"),
        ({"python3": "3.14", "python3.12": "3.12"}, "python3.12"),
        # A name that lies about its version is not believed.
        ({"python3.13": "3.10", "python3.12": "3.12"}, "python3.12"),
    ],
)
def test_newest_that_runs_is_taken(tmp_path, interpreters, chosen):
    for name, says in interpreters.items():
        fake(tmp_path, name, says)
    assert choose(tmp_path).stdout.strip() == str(tmp_path / chosen)


def test_pyenv_versions_are_found_behind_broken_shims(tmp_path):
    fake(tmp_path, "python3.13", "")
    folder = tmp_path / "home" / ".pyenv" / "versions" / "3.13.0" / "bin"
    folder.mkdir(parents=True)
    assert choose(tmp_path).returncode == 1
    real = fake(folder, "python3.13", "3.13")
    assert choose(tmp_path).stdout.strip() == str(real)


def test_folder_with_blanks_is_kept_whole(tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    path = fake(folder, "python3.12", "3.12")
    assert choose(folder).stdout.strip() == str(path)


def test_newer_python_is_tried_with_a_warning(tmp_path):
    path = fake(tmp_path, "python3", "3.14")
    answer = choose(tmp_path)
    assert answer.stdout.strip() == str(path)
    assert "newer" in answer.stderr


def test_older_python_is_refused(tmp_path):
    fake(tmp_path, "python3", "3.10")
    answer = choose(tmp_path)
    assert answer.returncode == 1
    assert "3.11, 3.12 or 3.13" in answer.stderr
    assert "3.10" in answer.stderr

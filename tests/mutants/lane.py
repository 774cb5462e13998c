"""A copy of the tree in which one fault after the other is planted, tried and taken out again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.ground.databases import ROOT
from tests.mutants.fault import Fault

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".data", "node_modules", ".mypy_cache", ".ruff_cache", ".pytest_cache", "shots"
)
LONGEST_SECONDS = 180
PASSED, FAILED = 0, 1


class PatchFailed(RuntimeError):
    """A patch does not apply any more: the code it plants its fault in has changed. Write it anew."""


@dataclass(frozen=True)
class Verdict:
    """What became of a fault: caught, survived, or not tried (`trouble` says why)."""

    fault: Fault
    caught: bool
    trouble: str = ""


class Lane:
    """One copy of the tree, on the database template of the sound one."""

    def __init__(self, folder: Path, template: str) -> None:
        self.folder, self.template = folder, template
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT, symlinks=True)

    def try_fault(self, fault: Fault) -> Verdict:
        """Plant, run the tests that must catch it, take out."""
        try:
            self._patch(fault)
        except PatchFailed as failed:
            return Verdict(fault, caught=False, trouble=str(failed))
        try:
            code, said = self.run(fault.tests)
        finally:
            self._patch(fault, "--reverse")
        if code in {PASSED, FAILED}:
            return Verdict(fault, caught=code == FAILED)
        return Verdict(fault, caught=False, trouble=f"pytest ended with {code}:\n{said}")

    def run(self, tests: Sequence[str]) -> tuple[int, str]:
        """Run tests in the copy; pytest's exit code and the end of what it said."""
        words = ["-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header"]
        # Compiled files are read but not written: a fault and its removal may fall into one second.
        given = {
            **os.environ,
            "TEST_TEMPLATE": self.template,
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            done = subprocess.run(
                [sys.executable, *words, *tests], cwd=self.folder, env=given, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LONGEST_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return -1, f"longer than {LONGEST_SECONDS} s"
        return done.returncode, "\n".join(done.stdout.splitlines()[-15:])

    def _patch(self, fault: Fault, *words: str) -> None:
        """`git apply`, which looks for no repository above the copy. One line of context must fit exactly."""
        given = {**os.environ, "GIT_CEILING_DIRECTORIES": str(self.folder.parent)}
        done = subprocess.run(
            ["git", "apply", "--unidiff-zero", "-C1", *words, str(fault.path)], cwd=self.folder, env=given,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise PatchFailed(f"does not apply any more: {done.stderr.strip()}")

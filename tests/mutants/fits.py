"""`python -m tests.mutants.fits`: whether every planted fault still fits the code and its tests are there."""

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.ground.databases import ROOT
from tests.mutants.fault import Fault, all_faults


def misfit(fault: Fault) -> str:
    """Why a fault cannot be planted any more; empty when it can."""
    given = {**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)}
    words = ["git", "apply", "--check", "--unidiff-zero", "-C1", str(fault.path)]
    done = subprocess.run(words, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{fault.path.name} does not fit any more; write it anew: {done.stderr.strip()}"
    if not (ROOT / fault.tests[0]).is_file():
        return f"{fault.path.name}: there is no {fault.tests[0]}"
    return ""


def misfits() -> Iterator[str]:
    """All that do not fit."""
    return filter(None, map(misfit, all_faults()))


if __name__ == "__main__":
    found = list(misfits())
    print("\n".join(found))
    sys.exit(bool(found))

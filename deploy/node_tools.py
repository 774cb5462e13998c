"""Puts the two tools from npm that only measure and check into .data/node: Lighthouse, and the Nu HTML checker.

Neither is part of the portal, and neither is committed; where npm or Java is missing, what needs them says so and is skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.places import Places

#: Name and exact version, so that figures of two runs can be compared.
LIGHTHOUSE, NU = ("lighthouse", "12.8.2"), ("vnu-jar", "26.9.27")
PATIENCE_S = 600


def folder() -> Path:
    """Where the tools lie."""
    return Places.here().data / "node"


def nu_jar() -> Path | None:
    """The checker's jar, where it and Java are there."""
    jar = Path(os.environ.get("VNU_JAR", folder() / "node_modules/vnu-jar/build/dist/vnu.jar"))
    return jar if jar.exists() and shutil.which("java") else None


def lighthouse() -> Path | None:
    """Lighthouse's program, where it and Node are there."""
    program = folder() / "node_modules/lighthouse/cli/index.js"
    return program if program.exists() and shutil.which("node") else None


def install() -> int:
    """Fetch both by npm; scripts of packages are not run."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not there: Lighthouse and the Nu checker stay away")
        return 1
    folder().mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{version}" for name, version in (LIGHTHOUSE, NU)]
    command = [npm, "install", "--prefix", str(folder()), "--ignore-scripts", "--no-audit", "--no-fund", *wanted]
    return subprocess.run(command, timeout=PATIENCE_S, check=False).returncode


if __name__ == "__main__":
    sys.exit(install())

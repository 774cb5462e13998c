"""`make lock`: writes both lock files anew with uv, fetched into a folder that is thrown away afterwards."""

import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.places import CLONE

# No index address: the file must serve everyone, whatever registry made it.
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url")
PAIRS = (("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt"))


def main() -> int:
    """Words behind `make lock ARGS=…` reach uv: `--upgrade`, `--upgrade-package Django`."""
    with tempfile.TemporaryDirectory(prefix="houqin-lock-") as folder:
        python = Path(folder, "bin", "python")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"], check=True)
        for source, target in PAIRS:
            command = [
                str(python),
                "-m",
                "uv",
                "pip",
                "compile",
                "--quiet",
                *OPTIONS,
                *sys.argv[1:],
                source,
                "-o",
                target,
            ]
            subprocess.run(command, cwd=CLONE, check=True)
            print(f"{target}: {sum('==' in line for line in (CLONE / target).open())} pins")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)

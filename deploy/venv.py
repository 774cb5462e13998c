"""Makes `.venv` and installs a lock file into it, once per content of the lock.

Run by the chosen Python before any package exists: standard library only.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.locks import hold
from deploy.progress import Progress, Stop, fail

CLONE = Path(__file__).resolve().parent.parent
FOLDER = CLONE / ".venv"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "installed.json"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


def lock_hash(name: str) -> str:
    """SHA-256 of a lock file."""
    return hashlib.sha256((CLONE / name).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """Which locks `.venv` holds, by name and hash; empty when it was never finished."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_current(name: str) -> bool:
    """True when nothing is left to do. A linked `.venv` belongs to another clone and is used as it is."""
    return FOLDER.is_symlink() or installed().get(name) == lock_hash(name)


def works() -> bool:
    """True when `.venv` has a Python that runs and a pip in it."""
    if not PYTHON.exists():
        return False
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def create(progress: Progress) -> None:
    """Makes an empty `.venv` with pip, in place of a broken one."""
    progress.say(f"packages: new .venv with Python {sys.version.split()[0]}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    # A Debian Python without python3-venv has no ensurepip; its own pip, where there is one, can fill the folder.
    bare = importlib.util.find_spec("ensurepip") is None
    command = [sys.executable, "-m", "venv", *(["--without-pip"] if bare else []), str(FOLDER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"Making .venv failed:\n{done.stdout}{done.stderr}")
    if bare and importlib.util.find_spec("pip") is None:
        raise Stop(f"{sys.executable} has neither ensurepip nor pip. Debian and Ubuntu: apt install python3-venv.")


def pip() -> list[str]:
    """The command that installs into `.venv`."""
    if subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False).returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install(name: str, progress: Progress) -> None:
    """Installs every pin of the lock file, each checked against its hashes; shows how far it is."""
    total = sum("==" in line and not line.lstrip().startswith("#") for line in (CLONE / name).open())
    progress.say(f"packages: {total} from {name}")
    # Compiled when first imported instead: pip compiles all, one after another, and most is never imported.
    options = ["--require-hashes", "--no-compile", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [*pip(), "install", *options, "-r", name]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    lines: list[str] = []
    with subprocess.Popen(command, cwd=CLONE, env=environment, text=True, **pipes) as running:  # type: ignore[call-overload]
        found = 0
        for line in running.stdout:
            lines.append(line.rstrip())
            found += line.startswith("Collecting ")
            if line.startswith("Collecting ") and found % 25 == 0:
                progress.say(f"packages: {found} fetched")
            if line.startswith("Installing collected"):
                progress.say("packages: unpacking")
    if running.returncode:
        raise Stop("Installing the packages failed. pip said:\n" + "\n".join(lines[-15:]))


def bring_up_to_date(name: str) -> None:
    """Makes `.venv` hold the lock file `name`; does nothing when it does."""
    if is_current(name):
        return
    progress = Progress()
    with hold(CLONE / ".data" / "venv.lock"):
        if is_current(name):
            return
        if not works():
            create(progress)
        have = installed()
        STAMP.unlink(missing_ok=True)
        install(name, progress)
        have[name] = lock_hash(name)
        if name == DEVELOPMENT:
            # `make lock` writes both together, and the second holds every pin of the first.
            have[RUNTIME] = lock_hash(RUNTIME)
        STAMP.write_text(json.dumps(have))
        progress.say("packages: ready")


def main() -> int:
    try:
        bring_up_to_date(sys.argv[1])
    except Stop as stop:
        return fail(str(stop))
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

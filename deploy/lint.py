"""`make lint`: every check that reads code, two at a time, each with its seconds; all run even when one fails."""

import contextlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from deploy.commands import python
from deploy.environment import owner_environment
from deploy.given import Addresses
from deploy.places import Places
from deploy.postgres import StartFailed, test_cluster
from deploy.progress import fail
from deploy.roles import DuplicateDatabase

DATABASE = "lint"
# A check that fails everywhere must not push the others off the screen.
MOST_LINES = 80


@dataclass(frozen=True)
class Check:
    """One check: what it is called and the words after `python`."""

    name: str
    words: tuple[str, ...]


CHECKS = (
    # The longest first: the others run beside it.
    Check("mypy", ("-m", "mypy", ".")),
    Check("ruff check", ("-m", "ruff", "check", "--output-format", "concise", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
    Check("import-linter", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
    Check("djlint", ("-m", "djlint", "--lint", ".")),
    Check("django checks", ("manage.py", "check", "--fail-level", "WARNING")),
    Check("floors", ("manage.py", "check", "--tag", "floors", "--fail-level", "WARNING")),
    Check("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Check("translations", ("manage.py", "check_translations")),
    Check("own rules", ("-m", "tests.architecture.rules")),
    Check("planted faults", ("-m", "tests.mutants.fits")),
)


def addresses(places: Places) -> Addresses:
    """An empty database: makemigrations asks one which migrations it has seen."""
    cluster = test_cluster(places)
    with contextlib.suppress(DuplicateDatabase):
        cluster.create_database(DATABASE)
    return Addresses(cluster.owner_url(DATABASE), cluster.app_url(DATABASE))


def run(check: Check, places: Places, environment: dict[str, str]) -> bool:
    """Runs one check; prints its words only when it fails."""
    began = time.monotonic()
    command = [python(places.clone), *check.words]
    done = subprocess.run(
        command,
        cwd=places.clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    line = f"{'ok  ' if good else 'FAIL'}  {check.name:14} {time.monotonic() - began:6.1f} s"
    said = done.stdout.rstrip().splitlines()
    if len(said) > MOST_LINES:
        said = [*said[:MOST_LINES], f"… {len(said) - MOST_LINES} more lines: {' '.join(check.words)}"]
    print(line if good else "\n".join([line, *said, ""]), flush=True)
    return good


def chosen(words: str) -> tuple[Check, ...]:
    """All checks, or those named in `ARGS="mypy,floors"`; an unknown name is a mistake to be told."""
    names = [name.strip() for name in words.split(",") if name.strip()]
    known = {check.name: check for check in CHECKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise KeyError(f"no such check: {', '.join(unknown)}; there are {', '.join(known)}")
    return tuple(known[name] for name in names) or CHECKS


def main() -> int:
    places = Places.here()
    try:
        places.make()
        environment = owner_environment(places, addresses(places))
        checks = chosen(os.environ.get("ARGS", ""))
    except StartFailed as error:
        return fail(str(error))
    except KeyError as error:
        return fail(str(error.args[0]))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda check: run(check, places, environment), checks))
    failed = [check.name for check, good in zip(checks, results, strict=True) if not good]
    if failed:
        return fail(f"lint: {len(failed)} of {len(checks)} checks failed: {', '.join(failed)}")
    print(f"lint: {len(checks)} checks hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())

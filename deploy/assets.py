"""Compiled message catalogues and collected static files: made when their sources changed, else left alone."""

from collections.abc import Iterator
from pathlib import Path

from deploy import cache, commands
from deploy.places import Places


def sources(clone: Path, folder: str) -> Iterator[Path]:
    """The files below any folder of that name, and the lock: packages bring static files of their own."""
    yield clone / "requirements.txt"
    for path in cache.files_below(clone):
        if folder in path.relative_to(clone).parts[:-1]:
            yield path


def make_catalogues(places: Places, environment: dict[str, str]) -> bool:
    """Compiles the catalogues; False when they are up to date."""
    files = list(sources(places.clone, "locale"))
    complete = all(path.with_suffix(".mo").exists() for path in files if path.name in ("django.po", "djangojs.po"))
    return once(places, ("catalogues",), cache.key_of(places.clone, files), complete, environment)


def collect_static(places: Places, environment: dict[str, str]) -> bool:
    """Collects the static files; False when they are up to date."""
    key = cache.key_of(places.clone, sources(places.clone, "static"))
    return once(places, ("collectstatic", "--noinput"), key, places.static.is_dir(), environment)


def once(places: Places, command: tuple[str, ...], key: str, complete: bool, environment: dict[str, str]) -> bool:
    """Runs a management command unless its work for `key` is done."""
    stamp = places.stamps / command[0]
    if complete and commands.remembered(stamp) == key:
        return False
    log = places.logs / f"{stamp.name}.log"
    # Checks ask for tables that a first start has not made yet.
    line = commands.in_django(places.clone, log, (*command, "--skip-checks"))
    commands.run(line, environment, places.clone, log)
    commands.remember(stamp, key)
    return True

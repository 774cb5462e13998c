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


def make_catalogues(places: Places) -> bool:
    """Compiles the catalogues; False when they are up to date.

    What `manage.py catalogues` does, without a start of Django: nothing can go on before it.
    """
    files = [path for path in sources(places.clone, "locale") if path.suffix != ".mo"]
    stamp, key = places.stamps / "catalogues", cache.key_of(places.clone, files)
    complete = all(path.with_suffix(".mo").exists() for path in files if path.parent.name == "LC_MESSAGES")
    if complete and commands.remembered(stamp) == key:
        return False
    from portal.translations import places as catalogues

    for path in catalogues.catalogues(places.clone):
        catalogues.compile_catalogue(places.clone, path)
    commands.remember(stamp, key)
    return True


def collect_static(places: Places, environment: dict[str, str]) -> bool:
    """Collects the static files; False when they are up to date."""
    stamp, key = places.stamps / "static", cache.key_of(places.clone, sources(places.clone, "static"))
    if places.static.is_dir() and commands.remembered(stamp) == key:
        return False
    log = places.logs / "collectstatic.log"
    command = commands.in_django(places.clone, log, ("collectstatic", "--noinput"))
    commands.run(command, environment, places.clone, log)
    commands.remember(stamp, key)
    return True

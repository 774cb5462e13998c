"""`make backup`: everything, or one school (SCHOOL=code), into a new folder below TO (.data/backups).

The database first, the files after it: a row is written only when its file lies there, so every row of the dump finds
its file. The secret key is not in it: keep it apart (docs/how-to/production.md).
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from deploy import commands
from deploy.database import Opened, open_database
from deploy.environment import owner_environment
from deploy.packing import DUMP, EXTRACT, STORES, BackupRefused, Manifest, client, copy_store, described
from deploy.places import Places
from deploy.postgres import StartFailed
from deploy.progress import Progress, fail
from deploy.roles import DATABASE, Refused, connect, has_database


def back_up(opened: Opened, places: Places, target: Path, school: str = "") -> Path:
    """Write a backup; `school` names one by its code. Returns its folder, which appears under its name when whole."""
    at = datetime.now(UTC)
    name = f"{school or 'all'}-{at:%Y%m%dT%H%M%SZ}"
    fresh = target / f".{name}.part"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    try:
        known = write_school(opened, places, fresh, school) if school else write_all(opened, places, fresh)
        with connect(opened.addresses.owner) as database:
            server, migrations = database.info.server_version, applied(database)
        files = dict(described(fresh))
        Manifest("school" if school else "all", at.isoformat(), server, migrations, files, known).write(fresh)
        fresh.rename(target / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target / name


def applied(database: psycopg.Connection) -> list[list[str]]:
    """The migrations of the association that the database has seen."""
    rows = database.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name").fetchall()
    return [[str(app), str(name)] for app, name in rows]


def write_all(opened: Opened, places: Places, fresh: Path) -> dict[str, str]:
    """The whole database and all stored files."""
    client("pg_dump", opened.addresses.owner, "-Fc", "-Z", "6", "-f", fresh / DUMP)
    for name in STORES:
        copy_store(places.data / name, fresh / name)
    return {}


def write_school(opened: Opened, places: Places, fresh: Path, code: str) -> dict[str, str]:
    """One school: its schema, what it has filed as an extract to compare with, and the files that both name."""
    extract = json.loads(manage(opened, places, "school_extract", code))
    known: dict[str, str] = extract["school"]
    client("pg_dump", opened.addresses.owner, "-Fc", "-Z", "6", "-n", f'"{known["schema"]}"', "-f", fresh / DUMP)
    (fresh / EXTRACT).write_text(json.dumps(extract, indent=1, sort_keys=True, ensure_ascii=False))
    for sha256 in extract["contents"]:
        place = Path("files", sha256[:2], sha256[2:4], sha256)
        if not (places.data / place).is_file():
            raise BackupRefused(f"The content {sha256} is missing in the file store.")
        (fresh / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(places.data / place, fresh / place)
    return known


def manage(opened: Opened, places: Places, *words: str) -> str:
    """What a management command prints. Raises BackupRefused with its words when it fails."""
    done = subprocess.run(
        [commands.python(places.clone), "manage.py", *words], cwd=places.clone, check=False, capture_output=True,
        text=True, env={**owner_environment(places, opened.addresses), "LOG_FORMAT": "line"},
    )  # fmt: skip
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if " INFO " not in line]
        raise BackupRefused(f"{words[0]}: " + "\n".join(lines[-12:]))
    return done.stdout


def main() -> int:
    places, progress = Places.here(), Progress()
    target = Path(os.environ.get("TO") or places.data / "backups").absolute()
    try:
        places.make()
        opened = open_database(places)
        try:
            if opened.cluster and not has_database(opened.cluster.superuser_url(), DATABASE):
                raise BackupRefused("There is no database yet: nothing to back up.")
            folder = back_up(opened, places, target, os.environ.get("SCHOOL", ""))
        finally:
            opened.close()
    except (BackupRefused, Refused, StartFailed, PermissionError, RuntimeError, psycopg.Error) as error:
        return fail(str(error))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    progress.say(f"backup: {folder} ({size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`make restore FROM=folder`: a backup into an empty place, checked before and afterwards.

A backup of everything wants a database without tables and a store without files. A backup of one school wants a portal
in which that school is registered and its schema is missing; REPLACE=1 sets a present schema aside under another name.
Others go on working meanwhile.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from deploy import cache, roles
from deploy.backup import applied, manage
from deploy.database import Opened, embedded_addresses, is_given, open_database
from deploy.given import Addresses, open_given
from deploy.packing import (
    DUMP,
    EXTRACT,
    STORES,
    BackupRefused,
    Manifest,
    check_files,
    client,
    copy_store,
    is_empty_folder,
    read_manifest,
)
from deploy.places import Places
from deploy.postgres import Cluster, StartFailed, demo_cluster
from deploy.progress import Progress, fail
from deploy.restoring import BESIDE, Begun, add_contents, forget, left_behind, named, swap_back, take_back
from deploy.roles import DATABASE, Refused, connect

WHOLE = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
AFTERWARDS = (("verify_invariants",), ("verify_files",))


def known_migrations(clone: Path) -> set[tuple[str, str]]:
    """The migrations of our own rooms in this code."""
    found = (path for path in clone.glob("**/migrations/[0-9]*.py") if ".venv" not in path.parts)
    return {(path.parent.parent.name, path.stem) for path in found}


def check_versions(manifest: Manifest, clone: Path) -> None:
    """Raises BackupRefused for a backup of newer code: its tables are unknown here."""
    known = known_migrations(clone)
    rooms = {app for app, _name in known}
    newer = [f"{app}.{name}" for app, name in manifest.migrations if app in rooms and (app, name) not in known]
    if newer:
        raise BackupRefused(
            f"The backup was made by newer code (it has {', '.join(newer[:3])}). Bring the code up first."
        )


def check_stores_empty(places: Places) -> None:
    full = [name for name in STORES if not is_empty_folder(places.data / name)]
    if full:
        raise BackupRefused(f"{places.data} is not empty ({', '.join(full)} hold files). Give an empty DATA_DIR.")


def restore_all(folder: Path, places: Places, cluster: Cluster | None) -> Opened:
    """Everything into an empty place; with `cluster` into the embedded server, else into DATABASE_URL. All or nothing."""
    owner = "" if cluster else given_owner()
    if begun := left_behind(places):
        finish_or_take_back(places, begun, cluster, owner)
    check_empty(places, cluster, owner)
    begun = Begun("" if cluster else named(owner))
    begun.note(places)
    try:
        opened = embedded(folder, cluster) if cluster else into_given(folder, places, owner)
        for name in STORES:
            shutil.rmtree(places.data / name, ignore_errors=True)
            copy_store(folder / name, places.data / name)
        manage(opened, places, "upgrade")
    except BaseException:
        take_back(places, begun, cluster, owner)
        raise
    if cluster:
        roles.rename_database(cluster.superuser_url(), BESIDE, DATABASE)
        opened = Opened(embedded_addresses(cluster), cluster, False)
    forget(places)
    return opened


def finish_or_take_back(places: Places, begun: Begun, cluster: Cluster | None, owner: str) -> None:
    """What a restore that was cut off has left: when it had got its name it was whole, else it goes."""
    if cluster and roles.has_database(cluster.superuser_url(), DATABASE):
        forget(places)
    else:
        take_back(places, begun, cluster, owner)
        print("a restore that was cut off here is taken back", flush=True)


def check_empty(places: Places, cluster: Cluster | None, owner: str) -> None:
    """Raises BackupRefused unless nothing is here yet."""
    check_stores_empty(places)
    if cluster and roles.has_database(cluster.superuser_url(), DATABASE):
        raise BackupRefused("There is a database already. Restore into a clone without one, or give DATABASE_URL.")
    if not cluster:
        with connect(owner) as database:
            found = [row[0] for row in database.execute(roles.FOREIGN_OBJECTS).fetchall()]
            if found:
                raise BackupRefused(f"The database {database.info.dbname} is not empty (it holds {', '.join(found)}).")


def embedded(folder: Path, cluster: Cluster) -> Opened:
    """Into the embedded server, beside the name that it gets when it is whole."""
    cluster.drop_database(BESIDE)
    cache.empty_database(cluster, BESIDE)
    put_back(cluster.owner_url(BESIDE), folder)
    with connect(cluster.superuser_url(BESIDE)) as database:
        roles.furnish(database, roles.OWNER, roles.APP)
    return Opened(Addresses(cluster.owner_url(BESIDE), cluster.app_url(BESIDE)), cluster, False)


def into_given(folder: Path, places: Places, owner: str) -> Opened:
    """Into the database of DATABASE_URL."""
    put_back(owner, folder)
    return Opened(open_given(os.environ["DATABASE_URL"], os.environ.get("DATABASE_OWNER_URL", ""),
                             places.data / "runtime-password"), None, False)  # fmt: skip


def given_owner() -> str:
    """The owner's address of the given database."""
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def put_back(owner: str, folder: Path) -> None:
    """The dump into an empty database, in one transaction: whole or not at all.

    Everything belongs to the owner of this place and rights are not taken from the dump, whose roles may have other names;
    `upgrade` writes them. What the migrations took from everybody is taken again.
    """
    with connect(owner) as database:
        name = database.info.dbname
    client("pg_restore", owner, *WHOLE, "--no-comments", "-d", name, folder / DUMP)
    mark = sql.Identifier(roles.MARKER_SCHEMA, roles.MARKER)
    with connect(owner) as database:
        database.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
        # The dump's mark names the runtime role of the place it comes from; this place makes its own.
        database.execute(sql.SQL("DELETE FROM {} WHERE name = 'runtime role'").format(mark))


def restore_school(folder: Path, manifest: Manifest, places: Places, opened: Opened, *, replace: bool) -> None:
    """One school's books, and the files they name; what it has filed is compared, never overwritten.

    The files first, which nobody misses before their rows; then the present schema steps aside and the dump comes in one
    transaction. Its rights follow at once; when that fails, the former schema is put back.
    """
    schema, aside = manifest.school["schema"], ""
    with connect(opened.addresses.owner) as database:
        check_school(database, manifest, places)
        if present := objects_in(database, schema):
            if not replace:
                raise BackupRefused(f"The school's schema {schema} holds {present} tables. REPLACE=1 sets it aside.")
            aside = f"aside_{time.strftime('%Y%m%d%H%M%S', time.gmtime())}_{schema}"[:63]
        if (folder / "files").is_dir():
            add_contents(folder / "files", places.data / "files")
        exchange(opened.addresses.owner, folder, schema, aside)
        try:
            manage(opened, places, "upgrade")
        except BaseException:
            swap_back(database, schema, aside)
            raise
    if aside:
        print(f"the school's former schema is set aside as {aside}", flush=True)


def exchange(owner: str, folder: Path, schema: str, aside: str) -> None:
    """The present schema under another name, the dump in its place: one transaction. Dropping it is a person's decision."""
    first = (
        sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(schema), sql.Identifier(aside))
        if aside
        else sql.SQL("DROP SCHEMA IF EXISTS {}").format(sql.Identifier(schema))
    )
    with tempfile.TemporaryDirectory(prefix="restore-") as name:
        script = Path(name, "school.sql")
        client("pg_restore", owner, "--no-owner", "--no-privileges", "-f", script, folder / DUMP)
        words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", "--output", os.devnull)
        client("psql", owner, *words, "--command", first.as_string(), "--file", script)


def check_school(database: psycopg.Connection, manifest: Manifest, places: Places) -> None:
    """The same school, registered here, and a database of the same migrations."""
    known = manifest.school
    row = database.execute(
        "SELECT schema_name FROM public.tenants_school WHERE public_id = %s", (known["public_id"],)
    ).fetchone()
    if row is None:
        raise BackupRefused(f"The school {known['code']} is not registered here.")
    if row[0] != known["schema"]:
        raise BackupRefused(f"The school's schema is called {row[0]} here and {known['schema']} in the backup.")
    if applied(database) != manifest.migrations:
        raise BackupRefused(
            "The backup belongs to another version of the tables; one school alone cannot be brought up."
        )


def objects_in(database: psycopg.Connection, schema: str) -> int:
    row = database.execute(
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relkind IN ('r', 'p')", (schema,),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else 0


def run(folder: Path, places: Places, *, replace: bool) -> None:
    """Check, restore, check again. Raises BackupRefused: nothing is touched, or, when the words come from the last checks,
    everything is back and holds a fault that was in the backup."""
    progress, manifest = Progress(), read_manifest(folder)
    check_files(folder, manifest)
    check_versions(manifest, places.clone)
    progress.say(f"backup of {manifest.made_at[:19]}: whole, {len(manifest.files)} files")
    cluster = None if is_given() else demo_cluster(places)
    started = bool(cluster and cluster.start())
    try:
        if manifest.kind == "all":
            opened = restore_all(folder, places, cluster)
        else:
            opened = open_database(places)
            restore_school(folder, manifest, places, opened, replace=replace)
        if manifest.kind == "school":
            progress.say(
                manage(
                    opened, places, "school_extract", manifest.school["code"], "--against", str(folder / EXTRACT)
                ).strip()
            )
        for words in AFTERWARDS:
            progress.say(manage(opened, places, *words).strip())
    finally:
        if cluster and started:
            cluster.stop()


def main() -> int:
    places = Places.here()
    source = os.environ.get("FROM", "")
    if not source:
        return fail("Name the backup: make restore FROM=.data/backups/all-20260101T000000Z")
    try:
        places.make()
        run(Path(source).absolute(), places, replace=os.environ.get("REPLACE") == "1")
    except (BackupRefused, Refused, StartFailed, PermissionError, RuntimeError, psycopg.Error) as error:
        return fail(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())

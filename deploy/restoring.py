"""A restore is all or nothing: what it begins is noted first, and taken back when it fails or was cut off."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from deploy.packing import STORES
from deploy.places import Places
from deploy.postgres import Cluster
from deploy.roles import DATABASE, Refused, connect, has_database

NOTE = "restoring.json"
#: The embedded database is restored under this name and gets its own when it is whole.
BESIDE = f"{DATABASE}_restoring"
_SCHEMAS = """
    SELECT nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('public', 'information_schema') ORDER BY nspname
"""
#: A restore whose program was killed may live on in its child.
_CHILDREN = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND application_name IN ('pg_restore', 'psql')
"""
#: What stands in `public`, as the words that drop it. Sequences of columns go with their tables.
_PUBLIC = """
    SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN
        'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END, c.relname)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
        AND (c.relkind <> 'S' OR NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid
            AND d.classid = 'pg_class'::regclass AND d.deptype IN ('i', 'a')))
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', t.typname)
    FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'r')
"""


@dataclass(frozen=True)
class Begun:
    """What a restore of everything has begun: into which database (empty: the embedded one). Stores were empty."""

    database: str

    def note(self, places: Places) -> None:
        """Write it down, on the disk, before anything is touched."""
        path = places.data / NOTE
        path.write_text(json.dumps(asdict(self)))
        with path.open() as written:
            os.fsync(written.fileno())


def named(url: str) -> str:
    """Server and name of a database, without the password."""
    parts = conninfo_to_dict(url)
    return f"{parts.get('host', '')}:{parts.get('port', '')}/{parts.get('dbname', '')}"


def left_behind(places: Places) -> Begun | None:
    """What a restore that was cut off has left here; None when there is nothing."""
    try:
        return Begun(**json.loads((places.data / NOTE).read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise Refused(f"{places.data / NOTE} is not readable; look what a restore has left, and remove it.") from error


def refuse_half(places: Places, cluster: Cluster | None) -> None:
    """Raises Refused when a restore of everything was cut off here: nobody works with a half."""
    begun = left_behind(places)
    if begun is None:
        return
    if cluster and has_database(cluster.superuser_url(), DATABASE):
        forget(places)  # it got its name, so it was whole
        return
    raise Refused("A restore was cut off here. Run `make restore` again: it takes back what was begun.")


def take_back(places: Places, begun: Begun, cluster: Cluster | None, owner: str) -> None:
    """Make the place empty again, as it was found; may be repeated. `owner`: the address of a given database."""
    if cluster:
        cluster.drop_database(BESIDE)
    elif begun.database != named(owner):
        raise Refused(f"A restore into {begun.database} was cut off here. Give that database, or another DATA_DIR.")
    else:
        empty_again(owner)
    for name in STORES:
        shutil.rmtree(places.data / name, ignore_errors=True)
    forget(places)


def forget(places: Places) -> None:
    """The restore is whole, or taken back."""
    (places.data / NOTE).unlink(missing_ok=True)


def empty_again(owner: str) -> None:
    """Drop all that stands in a database that was empty. One statement each: three hundred schools are too many locks."""
    with connect(owner) as database:
        database.execute(_CHILDREN)
        for (schema,) in database.execute(_SCHEMAS).fetchall():
            database.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
        for (statement,) in database.execute(_PUBLIC).fetchall():
            database.execute(statement)


def swap_back(database: psycopg.Connection, schema: str, aside: str) -> None:
    """Put a school's former schema back in its place, in one transaction; the restored one goes."""
    with database.transaction():
        database.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))
        if aside:
            words = sql.Identifier(aside), sql.Identifier(schema)
            database.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(*words))


def add_contents(source: Path, target: Path) -> None:
    """Bring contents into a store that others use: each appears under its name when it is whole and on the disk."""
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir() or (place.is_file() and place.stat().st_size == path.stat().st_size):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.part")
        shutil.copy(path, part)
        with part.open() as written:
            os.fsync(written.fileno())
        part.replace(place)

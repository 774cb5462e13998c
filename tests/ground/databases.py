"""Databases of a test run: one migrated template, one copy for each worker and for each test that commits."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from tests.ground.cluster import APP, Cluster, execute, the_cluster

ROOT = Path(__file__).resolve().parents[2]
OWN = ("portal", "cms", "committees", "search", "tenants")
KEPT_TEMPLATES = 8
#: One lock on the server for all who build (also for two clones that share one server).
BUILD_LOCK = 719_204_133
_copies = 0


def template_database() -> str:
    """Name of the filled template: built once, under a hash of the lock and of all that shapes it; others wait.

    TEST_TEMPLATE names one that is to be used whatever the code says: a tree with a planted fault (tests/mutants) stands
    on the sound tree's database.
    """
    if named := os.environ.get("TEST_TEMPLATE"):
        return named
    cluster = the_cluster()
    bare, filled = f"hq_bare_{migrated_hash()}", f"hq_template_{filled_hash()}"
    with _lock(cluster):
        if not _exists(cluster, filled):
            if not _exists(cluster, bare):
                _make(cluster, bare, None, ("manage.py", "upgrade"), as_owner=True)
            _make(cluster, filled, bare, ("-m", "tests.ground.fill"), as_owner=False)
            _forget_old(cluster, {bare, filled})
        _note(cluster, bare, filled)
    return filled


def make_once(name: str, template: str, command: tuple[str, ...], is_whole: Callable[[], bool], **more: str) -> None:
    """A further template, made from another one by a command of the runtime role, unless it is there and whole."""
    cluster = the_cluster()
    with _lock(cluster):
        if not (_exists(cluster, name) and is_whole()):
            cluster.drop_database(name)
            _make(cluster, name, template, command, as_owner=False, **more)
            _forget_old(cluster, {name, template})
        _note(cluster, name)


def copy_database(template: str) -> str:
    """A fresh copy of the template; its name carries this process's number, so that a killed run's copies are found."""
    global _copies
    _copies += 1
    name = f"hqt_{os.getpid()}_{_copies}"
    the_cluster().drop_database(name)
    the_cluster().create_database(name, template=template)
    return name


def drop_database(name: str) -> None:
    """Drop a copy, whoever is still connected to it."""
    the_cluster().drop_database(name)


def drop_left_over() -> None:
    """Drop copies of runs that were killed."""
    for name in _names(the_cluster(), "hqt_%"):
        if not Path(f"/proc/{name.split('_')[1]}").exists():
            the_cluster().drop_database(name)


def environment(database: str, *, as_owner: bool = False) -> dict[str, str]:
    """What a child process needs to stand on `database`."""
    cluster = the_cluster()
    owner, app = cluster.owner_url(database), cluster.app_url(database)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": owner if as_owner else app,
        "DATABASE_OWNER_URL": owner,
        "DATABASE_RUNTIME_ROLE": APP,
        "PYTHONPATH": str(ROOT),
    }


def migrated_hash() -> str:
    """Over lock, migrations, the makers of schools and grants, and the words of models that the grants follow."""
    makers = ("floors", "grants", "history", "migrate", "rendering", "router", "school_migrations", "template")
    upgrade = [ROOT / "portal/management/commands/upgrade.py", *(ROOT / "committees/energy").glob("*.py")]
    makers_of_schools = [ROOT / f"tenants/{name}.py" for name in makers]
    paths = [ROOT / "requirements.txt", *_python("migrations"), *makers_of_schools, *upgrade]
    rights = [line for path in _python() if "models" in path.parts[-1] for line in _rights(path)]
    return _digest(paths, rights)


def filled_hash() -> str:
    """Over all that and what fills the cast in."""
    paths = [ROOT / "tests" / "ground" / "cast.py", ROOT / "tests" / "ground" / "fill.py"]
    rooms = [*(ROOT / "tenants").rglob("*.py"), *(ROOT / "committees" / "roster").rglob("*.py")]
    return _digest([*paths, *rooms], [migrated_hash()])


def _rights(path: Path) -> list[str]:
    return re.findall(r"^class .*Sealed.*|^\s+(?:sealed|read_only) = .*", path.read_text(), re.MULTILINE)


def _python(folder: str = "") -> list[Path]:
    found = (path for top in OWN for path in (ROOT / top).rglob("*.py"))
    return [path for path in found if not folder or folder in path.parts]


def _digest(paths: list[Path], words: list[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    digest.update("\0".join(words).encode())
    return digest.hexdigest()[:16]


def _make(
    cluster: Cluster, name: str, template: str | None, command: tuple[str, ...], *, as_owner: bool, **more: str
) -> None:
    """Build under another name and rename when whole: what carries the name is complete."""
    building = f"{name}_building"
    cluster.drop_database(building)
    cluster.create_database(building, template=template)
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env={**environment(building, as_owner=as_owner), **more},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        cluster.drop_database(building)
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}")
    execute(cluster, sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name)))


@contextmanager
def _lock(cluster: Cluster) -> Iterator[None]:
    """One builder at a time; the server lets go by itself when the builder dies."""
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
        yield


def _names(cluster: Cluster, pattern: str) -> list[str]:
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s "
            "ORDER BY shobj_description(oid, 'pg_database') DESC NULLS LAST",
            [pattern],
        ).fetchall()
    return [name for (name,) in found]


def _exists(cluster: Cluster, name: str) -> bool:
    return name in _names(cluster, name.replace("_", r"\_"))


def _note(cluster: Cluster, *names: str) -> None:
    """Write the moment of use on the database: the oldest go first."""
    now = datetime.now(UTC).isoformat()
    for name in names:
        if _exists(cluster, name):
            execute(cluster, sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(now)))


def _forget_old(cluster: Cluster, used: set[str]) -> None:
    old = [name for name in _names(cluster, r"hq\_%") if re.match(r"hq_(bare|template|site)_[0-9a-f]{16}$", name)]
    for name in [name for name in old if name not in used][KEPT_TEMPLATES:]:
        cluster.drop_database(name)

"""A restore that fails, or is killed in the middle, leaves nothing; run again it brings everything back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import backup, restore, restoring, roles
from deploy.backup import back_up
from deploy.database import open_database
from deploy.environment import owner_environment
from deploy.given import Addresses
from deploy.packing import STORES, BackupRefused, read_manifest
from deploy.places import Places
from deploy.postgres import demo_cluster
from deploy.roles import Refused
from tests.ground.databases import ROOT
from tests.prove.operations.conftest import Server
from tests.prove.operations.test_backup import counted

pytestmark = [pytest.mark.prove, pytest.mark.timeout(900)]
LONGEST_SECONDS = 120


@pytest.fixture(scope="module")
def whole(portal, ground) -> Path:
    opened, places = portal
    return back_up(opened, places, ground / "backups-cut")


def fresh(server: Server, ground: Path, name: str, monkeypatch) -> tuple[Addresses, Places]:
    """An empty database over TCP and an empty folder, given as a person gives them."""
    addresses, places = server.make(name), Places(ROOT, ground / name)
    places.make()
    monkeypatch.setenv("DATABASE_URL", addresses.runtime)
    monkeypatch.setenv("DATABASE_OWNER_URL", addresses.owner)
    return addresses, places


def standing(addresses: Addresses) -> list[str]:
    """What stands in the database: relations, functions and schemas."""
    with roles.connect(addresses.owner) as database:
        found = [row[0] for row in database.execute(roles.FOREIGN_OBJECTS).fetchall()]
        found += [row[0] for row in database.execute(restoring._SCHEMAS).fetchall()]
        return found + [row[0] for row in database.execute(restoring._PUBLIC).fetchall()]


def untouched(addresses: Addresses, places: Places) -> bool:
    return standing(addresses) == [] and not any((places.data / name).exists() for name in (*STORES, restoring.NOTE))


@pytest.mark.parametrize("step", ["copy_store", "manage", "into_given"])
def test_a_step_that_fails_leaves_nothing(portal, whole, server, ground, monkeypatch, step: str):
    addresses, places = fresh(server, ground, f"fails_{step}", monkeypatch)
    real = getattr(restore, step)

    def broken(*words):
        if step == "copy_store":
            real(*words)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(restore, step, broken)
        with pytest.raises(OSError, match="No space left"):
            restore.run(whole, places, replace=False)
    assert untouched(addresses, places)
    restore.run(whole, places, replace=False)
    assert counted(addresses.owner) == counted(portal[0].addresses.owner)


def loading(addresses: Addresses, _places: Places) -> bool:
    """Whether the dump is being read."""
    with roles.connect(addresses.owner) as database:
        query = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'pg_restore' AND xact_start IS NOT NULL"
        return roles.exists(database, query)


def loaded(addresses: Addresses, _places: Places) -> bool:
    """Whether the dump is in, and the rest not yet done."""
    with roles.connect(addresses.owner) as database:
        return bool(database.execute(roles.FOREIGN_OBJECTS).fetchall())


def stored(_addresses: Addresses, places: Places) -> bool:
    """Whether the files are there."""
    return (places.data / STORES[0]).is_dir() and any((places.data / STORES[0]).iterdir())


@pytest.mark.parametrize("moment", [loading, loaded, stored])
def test_killed_in_the_middle_nobody_works_with_the_half_and_the_next_restore_is_whole(
    portal, whole, server, ground, monkeypatch, moment: Callable[[Addresses, Places], bool]
):
    """Only the program itself is killed, as by an impatient person; its child may still be at work."""
    addresses, places = fresh(server, ground, f"cut_{moment.__name__}", monkeypatch)
    environment = {**owner_environment(places, addresses), "FROM": str(whole), "DATA_DIR": str(places.data)}
    environment |= {"DATABASE_URL": addresses.runtime, "DATABASE_OWNER_URL": addresses.owner, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen([sys.executable, "-m", "deploy.restore"], cwd=ROOT, env=environment)
    until = time.monotonic() + LONGEST_SECONDS
    while not moment(addresses, places):
        assert program.poll() is None, "it ended before the moment came"
        assert time.monotonic() < until
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert (places.data / restoring.NOTE).exists(), "killed in the middle"
    with pytest.raises(Refused, match="cut off here"):
        open_database(places)
    restore.run(whole, places, replace=False)
    assert not (places.data / restoring.NOTE).exists()
    assert counted(addresses.owner) == counted(portal[0].addresses.owner)
    assert open_database(places).addresses.owner == addresses.owner


def test_the_embedded_database_gets_its_name_last(portal, whole, ground, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    places = Places(ROOT, ground / "named-last")
    places.make()
    cluster = demo_cluster(places)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(restore, "copy_store", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                restore.run(whole, places, replace=False)
        cluster.start()
        names = (roles.DATABASE, restoring.BESIDE)
        assert not any(roles.has_database(cluster.superuser_url(), name) for name in names)
        assert not any((places.data / name).exists() for name in (*STORES, restoring.NOTE))
        restore.run(whole, places, replace=False)
        assert counted(cluster.owner_url(roles.DATABASE)) == counted(portal[0].addresses.owner)
        restoring.Begun("").note(places)  # killed between the name and the end of the note
        assert open_database(places).addresses.owner == cluster.owner_url(roles.DATABASE)
        assert not (places.data / restoring.NOTE).exists()
    finally:
        cluster.stop()


@pytest.mark.parametrize("fault", ["dump", "rights"])
def test_one_school_keeps_its_books_when_its_restore_fails(portal, ground, monkeypatch, fault: str):
    opened, places = portal
    monkeypatch.setenv("DATABASE_URL", opened.addresses.runtime)
    monkeypatch.setenv("DATABASE_OWNER_URL", opened.addresses.owner)
    folder = back_up(opened, places, ground / f"school-{fault}", "lingang")
    schema = read_manifest(folder).school["schema"]
    with roles.connect(opened.addresses.owner) as owner:
        owner.execute(f'UPDATE "{schema}".filings_draft SET revision = revision + 1000')
        mark = f'SELECT max(revision) FROM "{schema}".filings_draft'
        newer = owner.execute(mark).fetchone()
    before = schemas(opened.addresses)
    real_client, real_manage = restore.client, backup.manage

    def torn(name, url, *words):
        real_client(name, url, *words)
        if name == "pg_restore":
            with words[words.index("-f") + 1].open("a") as script:
                script.write("\nSELECT 1/0;\n")

    def refusing(opened_, places_, *words):
        if words[0] == "upgrade":
            raise BackupRefused("upgrade: no")
        return real_manage(opened_, places_, *words)

    with monkeypatch.context() as patch:
        patch.setattr(restore, "client", torn) if fault == "dump" else patch.setattr(restore, "manage", refusing)
        with pytest.raises((RuntimeError, BackupRefused), match=r"division by zero|upgrade: no"):
            restore.run(folder, places, replace=True)
    assert schemas(opened.addresses) == before
    with roles.connect(opened.addresses.runtime) as web:
        assert web.execute(mark).fetchone() == newer, "the books of today, with their rights"
    restore.run(folder, places, replace=True)
    with roles.connect(opened.addresses.runtime) as web:
        assert web.execute(mark).fetchone() != newer


def schemas(addresses: Addresses) -> list[tuple[object, ...]]:
    with roles.connect(addresses.owner) as database:
        return database.execute(restoring._SCHEMAS).fetchall()

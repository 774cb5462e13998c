"""A backup put back into an empty place holds everything; a damaged one is refused before anything is touched."""

import os
import shutil
from pathlib import Path

import pytest

from deploy import restore, roles
from deploy.backup import back_up
from deploy.packing import DUMP, BackupRefused, read_manifest
from deploy.places import Places
from deploy.postgres import demo_cluster
from tests.ground.databases import ROOT
from tests.prove.operations.conftest import Server, program

pytestmark = [pytest.mark.prove, pytest.mark.timeout(900)]
COUNTS = (
    "SELECT (SELECT count(*) FROM tenants_user), (SELECT count(*) FROM filings_filingversion), "
    "(SELECT string_agg(seal, '' ORDER BY id) FROM filings_filingversion), "
    "(SELECT count(*) FROM s_lingang.filings_draft), (SELECT count(*) FROM tenants_securityevent)"
)


@pytest.fixture(scope="module")
def whole(portal, ground) -> Path:
    opened, places = portal
    return back_up(opened, places, ground / "backups")


@pytest.fixture(scope="module")
def one_school(portal, ground) -> Path:
    opened, places = portal
    return back_up(opened, places, ground / "backups", "lingang")


def counted(url: str):
    with roles.connect(url) as database:
        found = database.execute("SELECT schema_name FROM tenants_school WHERE code = 'lingang'").fetchone()
        assert found
        schema = found[0]
        return database.execute(COUNTS.replace("s_lingang", f'"{schema}"')).fetchone()


def test_everything_comes_back_into_the_embedded_server(portal, whole, ground, capfd):
    places = Places(ROOT, ground / "again")
    places.make()
    cluster = demo_cluster(places)
    try:
        restore.run(whole, places, replace=False)
        said = capfd.readouterr().out
        assert "1 sealed versions hold" in said
        assert "1 stored contents hold" in said
        cluster.start()
        assert counted(cluster.owner_url(roles.DATABASE)) == counted(portal[0].addresses.owner)
        with roles.connect(cluster.app_url(roles.DATABASE)) as web, pytest.raises(Exception, match="permission denied"):
            web.execute("UPDATE filings_filingversion SET seal = 'x'")
        with pytest.raises(BackupRefused, match=r"not empty|database already"):
            restore.run(whole, places, replace=False)
    finally:
        cluster.stop()


def test_everything_comes_back_over_tcp_under_other_roles(portal, whole, server: Server, ground, monkeypatch):
    addresses, places = server.make("branch"), Places(ROOT, ground / "branch")
    places.make()
    monkeypatch.setenv("DATABASE_URL", addresses.runtime)
    monkeypatch.setenv("DATABASE_OWNER_URL", addresses.owner)
    restore.run(whole, places, replace=False)
    assert counted(addresses.owner) == counted(portal[0].addresses.owner)
    program(places, addresses, "manage.py", "check_schemas")
    with roles.connect(addresses.runtime) as web:
        assert web.execute("SELECT count(*) FROM s_lingang.filings_draft").fetchone() == (1,)
        assert web.execute("SELECT count(*) FROM filings_filingversion").fetchone() == (1,)
        for forbidden in (
            "DELETE FROM filings_filingversion",
            "UPDATE tenants_securityevent SET host = ''",
            "CREATE TABLE x ()",
        ):
            with pytest.raises(Exception, match="permission denied"):
                web.execute(forbidden)
    with roles.connect(addresses.owner) as owner:
        rights = owner.execute("SELECT proacl::text FROM pg_proc WHERE proname = 'open_school_schema'").fetchone()
        assert rights
        acl = rights[0]
        assert "{=X" not in acl
        assert ",=X" not in acl
    monkeypatch.setenv("DATA_DIR", str(ground / "elsewhere"))
    empty = Places(ROOT, ground / "elsewhere")
    empty.make()
    with pytest.raises(BackupRefused, match="not empty"):
        restore.run(whole, empty, replace=False)


def test_one_school_comes_back_while_the_other_stays(portal, one_school, monkeypatch, capfd):
    opened, places = portal
    monkeypatch.setenv("DATABASE_URL", opened.addresses.runtime)
    monkeypatch.setenv("DATABASE_OWNER_URL", opened.addresses.owner)
    before = counted(opened.addresses.owner)
    with pytest.raises(BackupRefused, match="REPLACE=1"):
        restore.run(one_school, places, replace=False)
    schema = read_manifest(one_school).school["schema"]
    with roles.connect(opened.addresses.owner) as owner:
        owner.execute(f'DELETE FROM "{schema}".filings_draftevidence')
        owner.execute(f'DELETE FROM "{schema}".filings_draft')
    restore.run(one_school, places, replace=True)
    assert counted(opened.addresses.owner) == before
    said = capfd.readouterr().out
    assert "0 rows differ from the backup" in said
    assert "set aside" in said
    with roles.connect(opened.addresses.runtime) as web:
        assert web.execute(f'SELECT count(*) FROM "{schema}".filings_draft').fetchone() == (1,)


def test_a_row_changed_by_the_owner_is_named_after_the_restore(portal, ground, monkeypatch):
    """The backup is whole; what it holds is not."""
    opened, places = portal
    with roles.connect(opened.addresses.owner) as owner:
        owner.execute("UPDATE filings_filingversion SET payload = replace(payload, '51023000', '41023000')")
    try:
        folder = back_up(opened, places, ground / "tampered")
    finally:
        with roles.connect(opened.addresses.owner) as owner:
            owner.execute("UPDATE filings_filingversion SET payload = replace(payload, '41023000', '51023000')")
    again = Places(ROOT, ground / "tampered-again")
    again.make()
    try:
        with pytest.raises(BackupRefused, match="payload and hash differ"):
            restore.run(folder, again, replace=False)
    finally:
        demo_cluster(again).stop()


def test_a_damaged_backup_is_refused_and_touches_nothing(whole, ground):
    for place in (DUMP, *[name for name in read_manifest(whole).files if name.startswith("files/")][:1]):
        damaged = ground / "damaged"
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(whole, damaged)
        path = damaged / place
        path.chmod(0o600)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        places = Places(ROOT, ground / "untouched")
        with pytest.raises(BackupRefused, match="the content was changed"):
            restore.run(damaged, places, replace=False)
        assert not (places.data / "files").exists()
        assert not places.root_folder.exists() or os.getuid() != 0

"""A server of its own that listens on loopback by TCP, with passwords, and a filled portal on it."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from deploy import places as places_module
from deploy import roles
from deploy.database import Opened
from deploy.environment import owner_environment
from deploy.given import Addresses, open_given
from deploy.places import Places
from deploy.postgres import TEST_SETTINGS, Cluster, cluster_of
from tests.ground.databases import ROOT

#: Loopback addresses are many: one of its own meets nobody's port 5432.
HOST = f"127.{os.getpid() % 200 + 20}.{os.getpid() // 200 % 250}.7"


@dataclass
class Server:
    """A cluster by TCP: how its databases are made, as an association's own administrator would."""

    cluster: Cluster
    host: str

    def url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{quote(password)}@{self.host}:5432/{database}"

    def make(self, name: str) -> Addresses:
        """A database with a plain owner and a plain runtime role, both with passwords."""
        words = {role: secrets.token_urlsafe(12) + "@:/" for role in (f"{name}_owner", f"{name}_web")}
        with roles.connect(self.cluster.superuser_url()) as server:
            for role, password in words.items():
                server.execute(
                    sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
                )
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                    sql.Identifier(name), sql.Identifier(f"{name}_owner")
                )
            )
        owner, web = (
            self.url(role, quote(password, safe=""), name).replace("%25", "%") for role, password in words.items()
        )
        return Addresses(owner, web)


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may pass."""
    with tempfile.TemporaryDirectory(prefix="hqop-", dir="/tmp") as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        folder.chmod(0o711)
        patch.setattr(places_module, "ROOT_BASE", folder / "root")
        # What these proofs start stands on its own databases, whatever this shell names.
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATA_DIR"):
            patch.delenv(variable, raising=False)
        yield folder


@pytest.fixture(scope="module")
def server(ground: Path) -> Iterator[Server]:
    """The server; over TCP it asks for passwords."""
    places = Places(ROOT, ground / "server")
    cluster = cluster_of(places, "tcp", {**TEST_SETTINGS, "listen_addresses": HOST})
    cluster.start()
    rules = cluster.data / "pg_hba.conf"
    rules.write_text("local all all trust\nhost all all 127.0.0.0/8 scram-sha-256\n")
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
    yield Server(cluster, HOST)
    cluster.stop()


def program(places: Places, addresses: Addresses, *words: str, **more: str) -> str:
    """Run Python in the clone as the portal's programs are run; its output. AssertionError with its words."""
    environment = {**owner_environment(places, addresses), "PYTHONPATH": str(ROOT), **more}
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
    return done.stdout


@pytest.fixture(scope="module")
def portal(server: Server, ground: Path) -> tuple[Opened, Places]:
    """A portal over TCP: migrated by the owner, filled by the runtime role."""
    addresses = server.make("office")
    places = Places(ROOT, ground / "office")
    places.make()
    opened = Opened(open_given(addresses.runtime, addresses.owner, places.data / "runtime-password"), None, False)
    program(places, opened.addresses, "manage.py", "upgrade")
    program(places, opened.addresses, "-m", "tests.prove.operations.fill")
    return opened, places

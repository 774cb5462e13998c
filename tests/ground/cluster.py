"""The PostgreSQL server of the tests: the one `deploy/` starts, or one named by TEST_CLUSTER (its socket folder)."""

import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER, APP, SUPERUSER = "houqin_owner", "houqin_app", "postgres"
_FURNISH = """
CREATE SCHEMA IF NOT EXISTS extensions;
GRANT USAGE ON SCHEMA extensions TO PUBLIC;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA extensions;
ALTER SCHEMA public OWNER TO houqin_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
"""


class Cluster(Protocol):
    """What the tests ask of a server."""

    def superuser_url(self, database: str = "postgres") -> str:
        """Address for making and dropping databases."""

    def owner_url(self, database: str) -> str:
        """Address for migrations."""

    def app_url(self, database: str) -> str:
        """Address the web and the workers use."""

    def create_database(self, name: str, template: str | None = None) -> None:
        """A database with its extensions, or a copy of `template`."""

    def drop_database(self, name: str) -> None:
        """Drop it, whoever is connected; nothing happens when there is none."""


class NamedCluster:
    """A running server that TEST_CLUSTER names; it has the three roles already."""

    def __init__(self, host: str) -> None:
        self.host = host

    def _url(self, user: str, database: str) -> str:
        return f"postgresql://{user}@/{database}?host={quote(self.host, safe='')}"

    def superuser_url(self, database: str = "postgres") -> str:
        return self._url(SUPERUSER, database)

    def owner_url(self, database: str) -> str:
        return self._url(OWNER, database)

    def app_url(self, database: str) -> str:
        return self._url(APP, database)

    def create_database(self, name: str, template: str | None = None) -> None:
        words = [sql.Identifier(word) for word in (name, OWNER, template or "template0")]
        execute(self, sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*words))
        if template is None:
            with psycopg.connect(self.superuser_url(name), autocommit=True) as database:
                database.execute(_FURNISH)

    def drop_database(self, name: str) -> None:
        execute(self, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@cache
def the_cluster() -> Cluster:
    """The server of this run. Raises RuntimeError when there is none."""
    if host := os.environ.get("TEST_CLUSTER"):
        return NamedCluster(host)
    if find_spec("deploy") is not None and find_spec("deploy.postgres") is not None:
        found: Cluster = import_module("deploy.postgres").test_cluster()
        return found
    raise RuntimeError("no server for the tests: run `make test`, or name a running one by TEST_CLUSTER=/socket/folder")


def execute(cluster: Cluster, statement: sql.Composed | sql.SQL) -> None:
    """Run one statement on the server, outside any database of the tests."""
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as server:
        server.execute(statement)

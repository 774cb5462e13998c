"""A portal that may be killed: a cluster of its own, a web process, a job worker, and the locks that hold them still."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from deploy import procfs
from deploy.engine import own_engine
from deploy.postgres import Cluster
from portal.settings.environment import database
from tests.ground.cluster import the_cluster
from tests.ground.databases import ROOT
from tests.ground.live import Live, free_port

NAME = "kills"
_PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@dataclass
class Stand(Live):
    """A running portal whose programs each lead a process group, so that one blow ends a program and its children."""

    cluster: Cluster | None = None
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    wrap: Sequence[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """On its own cluster; with the secret of this process, which writes the sessions."""
        given = {**super().environment, "SECRET_KEY": settings.SECRET_KEY}
        if self.cluster:
            given |= {
                "DATABASE_URL": self.cluster.app_url(self.database),
                "DATABASE_OWNER_URL": self.cluster.owner_url(self.database),
            }
        return given

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """As `Live.start`, in a process group of its own, behind the words of `wrap`."""
        with self.log.open("ab") as log:
            program = subprocess.Popen(
                [*self.wrap, sys.executable, *words], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.programs.append(program)
        return program

    def serve(self) -> None:
        """Start the web process and wait until it answers."""
        super().serve()
        self.web = self.programs[-1]

    def work(self) -> None:
        """Start the job worker."""
        self.worker = self.start("manage.py", "procrastinate", "worker", "--concurrency", "2")

    def kill(self, program: subprocess.Popen[bytes] | None) -> None:
        """`kill -9` a program and its children."""
        assert program is not None
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        self.programs.remove(program)

    def kill_server(self) -> None:
        """`kill -9` PostgreSQL, its sessions included, until none is left: some end by themselves when the first is gone,
        others begin meanwhile."""
        assert self.cluster is not None
        while pids := list(procfs.working_in(self.cluster.data.resolve())):
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def server_again(self) -> None:
        """Start PostgreSQL after a kill; this process's own connection is a dead one."""
        assert self.cluster is not None
        self.cluster.start()
        connections["default"].close()

    def superuser(self) -> psycopg.Connection:
        """A session that sees the others."""
        url = self.cluster.superuser_url(self.database) if self.cluster else the_cluster().superuser_url(self.database)
        return psycopg.connect(url)

    def waiting(self, wanted: int, seconds: float = 5.0) -> int:
        """How many sessions stand before a lock inside a transaction, given some time to come."""
        with self.superuser() as watch:
            watch.autocommit = True
            until, found = time.monotonic() + seconds, 0
            while found < wanted and time.monotonic() < until:
                time.sleep(0.02)
                row = watch.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'houqin_app' AND wait_event_type = 'Lock' "
                    "AND xact_start IS NOT NULL"
                ).fetchone()
                found = row[0] if row else 0
        return found

    def stop(self) -> None:
        """End what was started, by force."""
        for program in list(self.programs):
            self.kill(program)


@contextmanager
def holding(stand: Stand, mode: str, *tables: str) -> Iterator[None]:
    """Hold tables, so that whoever writes to them stands still inside the transaction. Killed servers let go too."""
    holder = stand.superuser()
    for table in tables:
        name = sql.Identifier(*table.split("."))
        holder.execute(sql.SQL("LOCK TABLE {} IN {} MODE").format(name, sql.SQL(mode)))  # type: ignore[arg-type]
    try:
        yield
    finally:
        holder.close()


def fill(cluster: Cluster, template: str) -> None:
    """Copy the tests' template database into the cluster."""
    cluster.create_database(f"{NAME}_roles")  # makes the roles
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as server:
        owner = sql.Identifier("houqin_owner")
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(sql.Identifier(NAME), owner))
    programs = own_engine().programs
    words = ["-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-d", cluster.superuser_url(NAME)]
    dump = [programs / "pg_dump", "-d", the_cluster().superuser_url(template)]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
        done = subprocess.run(
            [programs / "psql", *words], stdin=source.stdout, capture_output=True, text=True, check=False
        )
    assert source.returncode == 0
    assert done.returncode == 0, done.stderr


@contextmanager
def standing_on(cluster: Cluster) -> Iterator[None]:
    """Point this process's own connection at the cluster."""
    place = connections.settings["default"]
    before = {key: place[key] for key in _PLACE}
    connections["default"].close()
    place.update({key: database(cluster.app_url(NAME))[key] for key in _PLACE})
    try:
        yield
    finally:
        connections["default"].close()
        place.update(before)


@contextmanager
def stand_in(folder: Path, cluster: Cluster) -> Iterator[Stand]:
    """The portal on the cluster."""
    folder.mkdir(parents=True, exist_ok=True)
    stand = Stand(free_port(), NAME, folder, cluster=cluster)
    try:
        stand.serve()
        yield stand
    finally:
        stand.stop()


__all__ = ["NAME", "Stand", "fill", "holding", "stand_in", "standing_on"]

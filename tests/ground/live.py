"""The portal as it runs in earnest: a granian process on its own database and port."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.ground.databases import ROOT, environment

START_SECONDS = 60
BASE_DOMAIN = "portal.localhost"


@dataclass
class Live:
    """A running portal. Addresses are for Chromium, which finds *.localhost by itself; Python does not."""

    port: int
    database: str
    folder: Path
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)
    application: str = "portal.wsgi:application"

    @property
    def environment(self) -> dict[str, str]:
        """As the demo runs: runtime role, no debug, cookies of production."""
        return {
            **environment(self.database),
            "PORT": str(self.port),
            "BASE_DOMAIN": BASE_DOMAIN,
            "SCHEME": "http",
            "DEBUG": "0",
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": "only-for-tests-" + "0" * 40,
        }

    @property
    def url(self) -> str:
        """Address of the association's host, without a final slash."""
        return f"http://{BASE_DOMAIN}:{self.port}"

    def school_url(self, code: str) -> str:
        """Address of a school's host, without a final slash."""
        return f"http://{code}.{BASE_DOMAIN}:{self.port}"

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a program beside the portal (`-m`, `manage.py procrastinate worker` …); it ends with the test."""
        with self.log.open("ab") as log:
            program = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log,
            )  # fmt: skip
        self.programs.append(program)
        return program

    def manage(self, *words: str) -> str:
        """Run one management command to its end; its output. Raises with the output when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    @property
    def log(self) -> Path:
        """What the programs said."""
        return self.folder / "live.log"

    def serve(self) -> None:
        """Start the web process and wait until it answers."""
        program = self.start(
            "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1",
            "--blocking-threads", "4", self.application,
        )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if program.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the portal did not start:\n{self.log.read_text()[-6000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/", headers={"Host": f"{BASE_DOMAIN}:{self.port}"})
            return connection.getresponse().status > 0
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End what was started, the last first."""
        for program in reversed(self.programs):
            program.terminate()
        for program in self.programs:
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        self.programs.clear()


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(database: str, folder: Path) -> Iterator[Live]:
    """The portal on `database`, with its files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    live = Live(free_port(), database, folder)
    try:
        live.serve()
        yield live
    finally:
        live.stop()

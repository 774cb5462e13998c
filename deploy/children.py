"""The programs that stay while the demo runs: started apart from the terminal, noted in a file, ended as a whole."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy import procfs
from deploy.commands import tail
from deploy.places import Places

MOST_RESTARTS = 3
# A program that ran this long is counted as well again.
SETTLED_SECONDS = 60.0


@dataclass
class Child:
    """One program; in a session of its own, so that Ctrl-C reaches the demo alone and it ends them in order."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    places: Places
    to_terminal: bool = False
    restarts: int = 0
    started_at: float = 0.0
    program: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        return self.places.logs / f"{self.name}.log"

    @property
    def note(self) -> Path:
        return note_file(self.places, self.name)

    def start(self) -> None:
        """Starts the program and notes its number and start, before anything else can go wrong."""
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as log:
            output = None if self.to_terminal else log
            self.program = subprocess.Popen(
                self.command,
                cwd=self.places.clone,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        seen = procfs.read(self.program.pid)
        self.note.write_text(json.dumps({"pid": self.program.pid, "started": seen.started if seen else 0}))
        self.started_at = time.monotonic()

    def ended(self) -> bool:
        return self.program is None or self.program.poll() is not None

    def restart(self) -> bool:
        """Starts a program that ended once more; False when it has died too often."""
        if time.monotonic() - self.started_at > SETTLED_SECONDS:
            self.restarts = 0
        self.restarts += 1
        end_left_over(self.places, self.name)
        if self.restarts > MOST_RESTARTS:
            return False
        self.start()
        return True

    def last_words(self, count: int = 15) -> str:
        return "\n".join(f"    {line}" for line in tail(self.log, count))

    def stop(self, seconds: float = 5.0) -> None:
        """Asks the program to end, insists after `seconds`, and ends what it may have left behind."""
        if self.program is None:
            return
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGTERM)
            try:
                self.program.wait(seconds)
            except subprocess.TimeoutExpired:
                self.program.kill()
                self.program.wait()
        end_left_over(self.places, self.name)


def note_file(places: Places, name: str) -> Path:
    return places.run / f"{name}.pid"


def left_over(places: Places, name: str) -> list[int]:
    """Programs that an earlier run started under this name and that still live.

    Known by our own note (session and start, since numbers are used again) and by running our own Python.
    """
    try:
        noted = json.loads(note_file(places, name).read_text())
        session, started = int(noted["pid"]), int(noted["started"])
    except (OSError, ValueError, KeyError, TypeError):
        return []
    python = str(places.clone / ".venv" / "bin") + os.sep
    members = [p for p in procfs.every() if p.session == session and p.started >= started and not p.zombie]
    return [p.pid for p in members if "".join(procfs.command_line(p.pid)[:1]).startswith(python)]


def end_left_over(places: Places, name: str) -> bool:
    """Ends what an earlier run left under this name; True when there was something."""
    found = left_over(places, name)
    procfs.end(found)
    note_file(places, name).unlink(missing_ok=True)
    return bool(found)

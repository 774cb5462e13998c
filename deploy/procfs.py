"""What the system says about running programs: alive, zombie, of which session, working in which folder.

Linux answers through /proc. Where there is none (macOS) only "does this number live" is known.
"""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Program:
    """One line of the process table; `started` counts clock ticks since boot and tells a reused number apart."""

    pid: int
    state: str
    group: int
    session: int
    started: int

    @property
    def zombie(self) -> bool:
        return self.state in "ZX"


def read(pid: int) -> Program | None:
    """The program with this number, zombies included; None when there is none, or no /proc."""
    try:
        text = (PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    # The name stands in brackets and may hold blanks and brackets itself: cut after the last one.
    fields = text[text.rindex(")") + 2 :].split()
    return Program(pid, fields[0], int(fields[2]), int(fields[3]), int(fields[19]))


def alive(pid: int) -> bool:
    """True when the number belongs to a program that can still do something (a zombie cannot)."""
    program = read(pid)
    if program is not None:
        return not program.zombie
    if (PROC / "self").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def every() -> Iterator[Program]:
    """All programs that can be seen."""
    if not PROC.is_dir():
        return
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (program := read(int(entry.name))):
            yield program


def command_line(pid: int) -> list[str]:
    """The words a program was started with; empty for a zombie or one that may not be read."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []


def working_in(folder: Path) -> list[int]:
    """Numbers of the living programs that work in `folder`: how a PostgreSQL server and its children are known."""
    found = []
    for program in every():
        try:
            here = (PROC / str(program.pid) / "cwd").readlink()
        except OSError:
            continue
        if here == folder and not program.zombie:
            found.append(program.pid)
    return found


def wait_gone(pids: list[int], seconds: float) -> bool:
    """Waits until none of the programs lives; False when the time is up."""
    deadline = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(pids: list[int], seconds: float = 5.0) -> None:
    """Ends programs: asks first, insists after `seconds`. Numbers that are gone are passed over."""
    for number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
        for pid in pids:
            try:
                os.kill(pid, number)
            except (ProcessLookupError, PermissionError):
                continue
        if wait_gone(pids, patience):
            return

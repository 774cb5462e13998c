"""How other programs of the clone are run: with their words in a log, ended together, skipped when nothing changed."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_running: set["subprocess.Popen[bytes]"] = set()


class Failed(RuntimeError):
    """A program ended with an error; the text holds the last lines it wrote."""


def python(clone: Path) -> str:
    """The Python of the clone's own `.venv`."""
    return str(clone / ".venv" / "bin" / "python")


def in_django(clone: Path, log: Path, *commands: Sequence[str]) -> list[str]:
    """The command line that runs several management commands, each given as its words, in one start of Django."""
    words = [word for command in commands for word in ("+", *command)][1:]
    return [python(clone), "-m", "deploy.in_django", str(log), *words]


def run(command: Sequence[str], environment: Mapping[str, str], clone: Path, log: Path) -> None:
    """Runs a program in the clone; what it prints to the terminal is its own choice, errors go to `log`.

    Raises Failed.
    """
    with log.open("ab") as output:
        start = output.tell()
        running = subprocess.Popen(command, cwd=clone, env=dict(environment), stdin=subprocess.DEVNULL, stderr=output)
        _running.add(running)
        try:
            code = running.wait()
        except BaseException:
            end(running)
            raise
        finally:
            _running.discard(running)
    if code:
        raise Failed("\n".join([f"{' '.join(command[3:])} failed:", *tail(log, 25, start), f"(the whole log: {log})"]))


def end_running() -> None:
    """Ends every program that `run` still waits for."""
    for program in list(_running):
        end(program)


def end(program: "subprocess.Popen[bytes]", seconds: float = 3.0) -> None:
    """Asks a program to end and insists after `seconds`."""
    program.terminate()
    try:
        program.wait(seconds)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def tail(log: Path, count: int, start: int = 0) -> list[str]:
    """The last lines of a log, at most `count`, none from before the byte `start`."""
    try:
        with log.open("rb") as said:
            said.seek(start)
            return said.read().decode(errors="replace").splitlines()[-count:]
    except OSError:
        return []


def remember(stamp: Path, key: str) -> None:
    """Notes in `stamp` that the work of `key` is done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


def remembered(stamp: Path) -> str:
    """The key whose work was done last; empty when none was."""
    try:
        return stamp.read_text()
    except OSError:
        return ""

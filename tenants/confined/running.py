"""Starts a confined process, gives it its input, takes its answer: in time and not too long, or not at all."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread, Timer

_ROOT = Path(__file__).resolve().parents[2]
#: The process sees no environment but the path of the code, and no file but its pipes.
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


class Ending(StrEnum):
    """How a confined process ended."""

    WELL = "well"
    #: With an error, or never started.
    BADLY = "badly"
    #: By a signal: out of processor time, or out of memory inside a library.
    ENDED = "ended"
    TOO_SLOW = "too_slow"
    TOO_MUCH = "too_much"


@dataclass(frozen=True)
class Told:
    """The process's output, empty unless it ended well."""

    ending: Ending
    output: bytes = b""


def run_confined(module: str, message: bytes, *, seconds: float, most_bytes: int) -> Told:
    """Run `python -m module` on `message`. After `seconds`, or once it writes more than `most_bytes`, it is killed.

    The module must call `confine` first. Never raises for what the process does.
    """
    try:
        child = Popen(
            [sys.executable, "-s", "-m", module], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd="/", env=_ENVIRONMENT
        )
    except OSError:
        return Told(Ending.BADLY)
    with child:
        return _heard(child, message, seconds, most_bytes)


def _heard(child: Popen[bytes], message: bytes, seconds: float, most_bytes: int) -> Told:
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        child.kill()

    timer = Timer(seconds, end)
    timer.start()
    feeder = Thread(target=_feed, args=(child, message), daemon=True)
    feeder.start()
    try:
        output = child.stdout.read(most_bytes + 1) if child.stdout else b""
        if len(output) > most_bytes:
            child.kill()
        code = child.wait()
    finally:
        timer.cancel()
        child.kill()  # nothing where it has ended
        feeder.join()
    return _told(output, code, late=bool(late), most_bytes=most_bytes)


def _told(output: bytes, code: int, *, late: bool, most_bytes: int) -> Told:
    if len(output) > most_bytes:
        return Told(Ending.TOO_MUCH)
    if late:
        return Told(Ending.TOO_SLOW)
    if code:
        return Told(Ending.ENDED if code < 0 else Ending.BADLY)
    return Told(Ending.WELL, output)


def _feed(child: Popen[bytes], message: bytes) -> None:
    """A process that reads no further closes its end; that is its own affair."""
    if child.stdin:
        with suppress(OSError):
            child.stdin.write(message)
        with suppress(OSError):
            child.stdin.close()

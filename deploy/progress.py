"""The lines a person watches while something starts: what was done and at which second."""

import contextlib
import os
import sys
import threading
import time
from typing import TextIO

STARTED_AT = "HOUQIN_STARTED_AT"


class Stop(Exception):
    """A start that cannot go on; its text tells the person what to do."""


class Progress:
    """Prints one line a step, each with the seconds since the person pressed enter; threads may share it."""

    def __init__(self, output: TextIO | None = None) -> None:
        self.started_at = float(os.environ.get(STARTED_AT) or time.time())
        self.output = output or sys.stdout
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        return max(0.0, time.time() - self.started_at)

    def say(self, text: str) -> None:
        # A closed terminal must not stop an orderly end.
        with self._lock, contextlib.suppress(OSError, ValueError):
            print(f"[{self.seconds:6.1f} s] {text}", file=self.output, flush=True)


def fail(text: str) -> int:
    """Prints an error a person can act on; returns the exit code."""
    with contextlib.suppress(OSError, ValueError):
        print(f"\n{text}", file=sys.stderr, flush=True)
    return 1

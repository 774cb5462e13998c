"""Two processes that act at the same moment, and what a fair end of a race is."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from committees.workflow.models import Trail
from tests.ground.databases import ROOT, environment

Answer = dict[str, Any]


@dataclass
class Tally:
    """How many races were run, how many truly overlapped, and how each of them ended."""

    races: Counter[str] = field(default_factory=Counter)
    overlapped: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, answers: list[Answer]) -> None:
        """Count one race."""
        self.races[name] += 1
        self.overlapped[name] += any(answer["overlapped"] for answer in answers)

    def overlap(self) -> float:
        """Share of the races in which one had read and the other stood beside it or before its lock."""
        return self.overlapped.total() / max(self.races.total(), 1)

    def __str__(self) -> str:
        each = ", ".join(f"{name} {count}" for name, count in sorted(self.races.items()))
        return f"{self.races.total()} races, {self.overlap():.1%} overlapped ({each})"


class Pair:
    """Two racers on one database."""

    def __init__(self, database: str, folder: Path, *, locked: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        words = [] if locked else ["unlocked"]
        self.programs = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.prove.races.racer", str(folder), str(number), *words], cwd=ROOT,
                env=environment(database), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for number in (0, 1)
        ]  # fmt: skip
        self.backends = [self._hear(program)["backend"] for program in self.programs]
        self.number = 0

    def race(self, one: Answer, other: Answer) -> list[Answer]:
        """Both at once; their answers."""
        self.number += 1
        for number, command in enumerate((one, other)):
            told = {"race": self.number, "step": "check", "other": self.backends[1 - number], **command}
            self._tell(number, told)
        return [self._hear(program) for program in self.programs]

    def tell_both(self, one: Answer, other: Answer) -> None:
        """Give both a command without waiting."""
        self._tell(0, one)
        self._tell(1, other)

    def hear_both(self) -> list[Any]:
        """Wait for what came of it."""
        return [self._hear(program) for program in self.programs]

    def end(self) -> None:
        """Both go home."""
        for program in self.programs:
            program.communicate(timeout=20)

    def _tell(self, number: int, command: Answer) -> None:
        stream = self.programs[number].stdin
        assert stream is not None
        stream.write(json.dumps(command) + "\n")
        stream.flush()

    @staticmethod
    def _hear(program: subprocess.Popen[str]) -> Any:
        assert program.stdout is not None
        line = program.stdout.readline()
        assert line, f"a racer ended with {program.wait()}"
        return json.loads(line)


@contextmanager
def pair(database: str, folder: Path, *, locked: bool = True) -> Iterator[Pair]:
    """Two racers, ended afterwards."""
    both = Pair(database, folder, locked=locked)
    try:
        yield both
    finally:
        both.end()


def fault_of(answers: list[Answer]) -> str:
    """Why the race did not end fairly: one made, the other refused and told who and when. Empty when it did."""
    made = [answer for answer in answers if answer["result"] == "made"]
    refused = [answer for answer in answers if answer["result"] == "refused"]
    if len(made) != 1 or len(refused) != 1:
        return f"no one winner: {answers}"
    if refused[0]["code"] != "stale":
        return f"refused for another reason: {answers}"
    when = date_format(timezone.localtime(Trail.objects.get(pk=made[0]["trail"]).at), "m-d H:i")
    text = refused[0]["text"]
    return "" if made[0]["who"] in text and when in text else f"not told who and when: {text}"

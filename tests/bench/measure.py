"""Timing, and the table that a run prints."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def seconds(call: Callable[[], Any]) -> float:
    """One call, in seconds."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def tenth(call: Callable[[], Any], times: int) -> float:
    """The tenth percentile of many calls, in seconds: what the machine does when nobody disturbs it."""
    return statistics.quantiles([seconds(call) for _ in range(times)], n=10)[0]


def interleaved(calls: dict[str, Callable[[], Any]], times: int, rounds: int = 3) -> dict[str, float]:
    """The tenth percentile of each call; rounds take turns, so that a disturbance meets all; the best round counts."""
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            call()
            found[name].append(tenth(call, times))
    return {name: min(values) for name, values in found.items()}


@dataclass
class Table:
    """Lines of figure, measured, target, and whether it holds."""

    lines: list[tuple[str, str, str, str]] = field(default_factory=list)
    missed: int = 0

    def say(self, figure: str, measured: str, target: str = "", holds: bool | None = None) -> None:
        """Print and keep one line."""
        verdict = "" if holds is None else "ok" if holds else "MISSED"
        self.missed += verdict == "MISSED"
        self.lines.append((figure, measured, target, verdict))
        print(f"{figure:58} {measured:>26}  {target:24} {verdict}", flush=True)

    def ratio(self, figure: str, value: float, *, at_least: float | None = None, at_most: float | None = None) -> None:
        """A ratio with its target."""
        bound = at_least if at_least is not None else at_most
        target = f"{'>=' if at_least is not None else '<='} {bound}" if bound is not None else ""
        holds = None if bound is None else (value >= bound if at_least is not None else value <= bound)
        self.say(figure, f"{value:.2f}x", target, holds)

"""How a sample is drawn, so that anyone can draw it again: from the seals and a recorded seed. Pure.

Each seal gets the SHA-256 of `<seed>` + newline + `<seal>`; sorted by that, the first ones are the sample: 5 in 100 or
more, rounded up, at least one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from committees.filings.sealing import canonical, digest

LEAST = Decimal(5)
MOST = Decimal(100)


def size_of(population: int, percent: Decimal) -> int:
    """How many of so many are drawn; none of nothing."""
    wanted = (population * percent / 100).to_integral_value(ROUND_CEILING)
    return min(population, max(1, int(wanted))) if population else 0


def draw(seals: Iterable[str], seed: str, percent: Decimal) -> list[str]:
    """The seals that are drawn, in the order in which they come out."""
    known = list(seals)
    return sorted(known, key=lambda seal: place_of(seal, seed))[: size_of(len(known), percent)]


def place_of(seal: str, seed: str) -> str:
    """What decides where a seal comes out."""
    return hashlib.sha256(f"{seed}\n{seal}".encode()).hexdigest()


def digest_of(
    call: str, seed: str, percent: Decimal, population: Sequence[Sequence[str]], drawn: Sequence[str], by: int, at: Any
) -> str:
    """One hash over a draw: what it was drawn from, how, by whom and when."""
    return digest(canonical([call, seed, f"{percent:.2f}", population, drawn, by, f"{at.timestamp():.6f}"]))

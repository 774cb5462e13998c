"""The spark: a few years as one small line under a figure, first value written, last point a lamp."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.scale import Scale, place, smooth
from portal.figures import figure


@dataclass(frozen=True)
class Spark:
    """The line, its ends, and the text alternative."""

    says: str
    path: str
    first: str
    first_y: str
    start: str
    end: str
    x: str
    y: str


def spark(values: Sequence[Decimal], *, start: str, end: str, says: str, places: int | None = None) -> Spark:
    """Draw `values` from the left to the right; `start` and `end` are written under the ends (2021, 2025).

    Raises ValueError with fewer than two values: one value is a figure, not a line.
    """
    if len(values) < 2:
        raise ValueError("a spark needs two values or more")
    across = Scale(Decimal(0), Decimal(len(values) - 1), Decimal(6), Decimal(210))
    down = Scale(min(values), max(values), Decimal(74), Decimal(22))
    points = [(across.at(Decimal(index)), down.at(value)) for index, value in enumerate(values)]
    rises = points[1][1] < points[0][1]
    first_y = points[0][1] + (19 if rises and points[0][1] < 60 else -9)
    return Spark(
        says=says,
        path=smooth(points),
        first=figure(values[0], places),
        first_y=place(first_y),
        start=start,
        end=end,
        x=place(points[-1][0]),
        y=place(points[-1][1]),
    )

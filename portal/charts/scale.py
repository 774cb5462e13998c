"""From figures to places on a drawing: linear scales, round marks on an axis, smooth lines, widths of words."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

Point = tuple[Decimal, Decimal]
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def place(value: Decimal) -> str:
    """A coordinate with one decimal, as it stands in the SVG."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


@dataclass(frozen=True)
class Scale:
    """A line on the drawing from `start` (where `low` is) to `end` (where `high` is)."""

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal

    def at(self, value: Decimal) -> Decimal:
        """Where `value` lies; the middle where the scale has no length."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


def marks(low: Decimal, high: Decimal, about: int) -> list[Decimal]:
    """Round values that enclose low to high, about so many of them."""
    span = high - low or abs(high) or Decimal(1)
    rough = span / max(about - 1, 1)
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(factor * power for factor in _STEPS if factor * power >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    return [first + step * index for index in range(int((last - first) / step) + 1)]


def marks_within(low: Decimal, high: Decimal, about: int) -> list[Decimal]:
    """Round values between low and high, about so many of them; the ends of the scale need not be round."""
    span = high - low or abs(high) or Decimal(1)
    power = Decimal(1).scaleb((span / max(about - 1, 1)).adjusted())
    step = min((factor * power for factor in _STEPS), key=lambda one: abs(span / one - (about - 1)))
    first = (low / step).to_integral_value(ROUND_CEILING)
    last = (high / step).to_integral_value(ROUND_FLOOR)
    return [step * number for number in range(int(first), int(last) + 1)]


def smooth(points: Sequence[Point]) -> str:
    """A path through `points` that never overshoots them (monotone cubic, tangents after Fritsch and Carlson)."""
    if not points:
        return ""
    path = f"M{place(points[0][0])} {place(points[0][1])}"
    slopes = _tangents(points)
    for ((x0, y0), (x1, y1)), (m0, m1) in zip(pairwise(points), pairwise(slopes), strict=True):
        third = (x1 - x0) / 3
        controls = (x0 + third, y0 + m0 * third, x1 - third, y1 - m1 * third, x1, y1)
        path += "C" + " ".join(place(value) for value in controls)
    return path


def _tangents(points: Sequence[Point]) -> list[Decimal]:
    chords = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    if not chords:
        return [Decimal(0)]
    inner = [2 * a * b / (a + b) if a * b > 0 else Decimal(0) for a, b in pairwise(chords)]
    return [chords[0], *inner, chords[-1]]


def text_width(words: str, size: int = 12) -> Decimal:
    """About how wide `words` are at `size` pixels: a Han character is a full square, others a good half."""
    full = sum(1 for letter in words if unicodedata.east_asian_width(letter) in "WF")
    return (Decimal(full) + (len(words) - full) * Decimal("0.49")) * size


def cut(words: str, room: Decimal, size: int = 12) -> str:
    """`words` cut with an ellipsis so that they fit into `room` pixels."""
    if text_width(words, size) <= room:
        return words
    while words and text_width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"

"""The mix: one hundred windows in a facade, each a hundredth, filled from the ground up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.figures import figure, percent

#: A material has a hue and a hatch of its own (bars, slanting, upright, level, crossed): it reads without colour.
#: Each stroke: where it starts in the window, and the way it goes.
HATCHES = (
    ((7, 0, "v16"), (0, 7, "h14")),
    ((2, 14, "l10 -12"),),
    ((7, 1, "v14"),),
    ((1, 8, "h12"),),
    ((2, 2, "l10 12"), (2, 14, "l10 -12")),
)


@dataclass(frozen=True)
class MixKind:
    """One kind: its name, its quantity, and how the quantity is written (158,541 tce)."""

    name: str
    quantity: Decimal
    written: str = ""


@dataclass(frozen=True)
class MixPart:
    """A kind as it is drawn: `material` 1 to 5 is its hue, `glass` its windows, `strokes` their hatch."""

    name: str
    written: str
    share: str
    count: int
    material: int
    glass: str
    strokes: str
    key_strokes: str


@dataclass(frozen=True)
class Mix:
    """The facade and its key."""

    says: str
    parts: Sequence[MixPart]


def mix(kinds: Sequence[MixKind], *, says: str) -> Mix:
    """Fill a hundred windows after the shares of `kinds` (five at most), by largest remainder.

    Raises ValueError for more than five kinds or where nothing can be shared out.
    """
    total = sum((kind.quantity for kind in kinds), Decimal(0))
    if len(kinds) > len(HATCHES) or total <= 0 or any(kind.quantity < 0 for kind in kinds):
        raise ValueError("a mix has one to five kinds, none below nought, and a sum above it")
    parts, first = [], 0
    for index, (kind, count) in enumerate(zip(kinds, hundredths([kind.quantity for kind in kinds]), strict=True)):
        parts.append(_part(kind, index, first, count, total))
        first += count
    return Mix(says, parts)


def hundredths(quantities: Sequence[Decimal]) -> list[int]:
    """Whole hundredths of each quantity that add up to one hundred (largest remainder)."""
    total = sum(quantities, Decimal(0))
    exact = [quantity * 100 / total for quantity in quantities]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in by_remainder[: 100 - sum(whole)]:
        whole[index] += 1
    return whole


def _part(kind: MixKind, index: int, first: int, count: int, total: Decimal) -> MixPart:
    panes = [(22 + 19 * (number % 10), 212 - 21 * (number // 10)) for number in range(first, first + count)]
    return MixPart(
        name=kind.name,
        written=kind.written or figure(kind.quantity),
        share=percent(kind.quantity / total),
        count=count,
        material=index + 1,
        glass="".join(_glass(x, y) for x, y in panes),
        strokes="".join(_strokes(index, x, y) for x, y in panes),
        key_strokes=_strokes(index, 0, 0),
    )


def _glass(x: int, y: int) -> str:
    return f"M{x + 1} {y}h12a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-12a1 1 0 0 1-1-1v-14a1 1 0 0 1 1-1z"


def _strokes(index: int, x: int, y: int) -> str:
    return "".join(f"M{x + dx} {y + dy}{way}" for dx, dy, way in HATCHES[index])

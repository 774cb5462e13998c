"""The strip: one thin line for each school, the thick one yours, the dashed one the average."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.scale import Scale, marks, place, text_width
from portal.figures import figure

_WIDTH = Decimal(240)


@dataclass(frozen=True)
class Strip:
    """Lines and labels of the strip, its text alternative, and how many values with their ends for the table."""

    says: str
    lines: str
    average_x: str
    average: str
    average_label_x: str
    mine_x: str
    mine: str
    mine_label_x: str
    low: str
    high: str
    count: int
    least: str
    most: str


def strip(
    values: Sequence[Decimal],
    *,
    average: Decimal,
    average_word: str,
    says: str,
    mine: Decimal | None = None,
    mine_word: str = "",
    places: int | None = None,
) -> Strip:
    """Draw all `values` on one line. The words stand before the figures ("Average ", "Yours ")."""
    every = [*values, average] + ([mine] if mine is not None else [])
    ticks = marks(min(every), max(every), 6)
    scale = Scale(ticks[0], ticks[-1], Decimal(0), _WIDTH)
    average_text = f"{average_word}{figure(average, places)}"
    mine_text = f"{mine_word}{figure(mine, places)}" if mine is not None else ""
    mine_x = scale.at(mine) if mine is not None else None
    return Strip(
        says=says,
        lines="".join(f"M{place(scale.at(value))} 24v14" for value in values),
        average_x=place(scale.at(average)),
        average=average_text,
        average_label_x=_inside(scale.at(average), average_text, Decimal(34)),
        mine_x=place(mine_x) if mine_x is not None else "",
        mine=mine_text,
        mine_label_x=_inside(mine_x, mine_text, Decimal(0)) if mine_x is not None else "",
        low=figure(ticks[0]),
        high=figure(ticks[-1]),
        count=len(values),
        least=figure(min(values, default=average), places),
        most=figure(max(values, default=average), places),
    )


def _inside(x: Decimal, words: str, margin: Decimal) -> str:
    half = text_width(words) / 2 + margin
    return place(min(max(x, half), max(_WIDTH - half, half)))

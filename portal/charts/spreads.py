"""The spread: a box from the lower to the upper quarter with its median, one row for each group, one's own mark on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.scale import Scale, cut, marks, place, text_width
from portal.figures import figure

STEP, TOP = 44, 14


@dataclass(frozen=True)
class SpreadRow:
    """One group. `least` and `most` are None where the outermost values are not told, `mine` where there is no own one.
    `count` is how many values the marks are made of."""

    name: str
    count: int
    lower: Decimal
    median: Decimal
    upper: Decimal
    least: Decimal | None = None
    most: Decimal | None = None
    mine: Decimal | None = None


@dataclass(frozen=True)
class DrawnRow:
    """A row with its coordinates."""

    short: str
    count: int
    y: str
    baseline: str
    line: str
    box: tuple[str, str, str, str]
    median: str
    mine: str
    figure: str


@dataclass(frozen=True)
class SpreadsView:
    """One drawing; there are two, for wide and for narrow places."""

    width: int
    height: int
    bottom: int
    label_y: int
    name_x: str
    axis: tuple[str, str]
    grid: Sequence[tuple[str, str]]
    rows: Sequence[DrawnRow]


@dataclass(frozen=True)
class Spreads:
    """The drawing with its text alternative and the rows for the table that says the same.

    `fits` names the width from which the wide drawing shows (parts.css).
    """

    says: str
    unit: str
    rows: Sequence[SpreadRow]
    views: Sequence[tuple[str, SpreadsView]]
    places: int | None
    fits: str = "is-34"

    @property
    def whole(self) -> bool:
        """Whether the outermost values are told."""
        return any(row.least is not None for row in self.rows)

    @property
    def own(self) -> bool:
        """Whether there is a mark of one's own."""
        return any(row.mine is not None for row in self.rows)

    @property
    def table(self) -> list[tuple[str, int, list[str]]]:
        """Name, how many, and the marks of each row: least, lower quarter, median, upper quarter, most, one's own."""
        return [
            (row.name, row.count, [figure(mark, self.places) if mark is not None else "" for mark in self._marks(row)])
            for row in self.rows
        ]

    def _marks(self, row: SpreadRow) -> list[Decimal | None]:
        ends = ([row.least], [row.most]) if self.whole else ([], [])
        return [*ends[0], row.lower, row.median, row.upper, *ends[1], *([row.mine] if self.own else [])]


def spreads(rows: Sequence[SpreadRow], *, unit: str, says: str, places: int | None = 2) -> Spreads:
    """Draw `rows` in the order given; `says` is the text alternative. Raises ValueError for none."""
    if not rows:
        raise ValueError("nothing to draw")
    views = [(css, _view(rows, width, about, places)) for css, width, about in (("wide", 760, 7), ("narrow", 350, 4))]
    return Spreads(says, unit, rows, views, places)


def _view(rows: Sequence[SpreadRow], width: int, about: int, places: int | None) -> SpreadsView:
    known = [mark for row in rows for mark in (row.least, row.lower, row.upper, row.most, row.mine) if mark is not None]
    ticks = marks(min(known), max(known), about)
    names = min(max(text_width(row.name) for row in rows), Decimal(width) * Decimal("0.4")) + 2
    scale = Scale(ticks[0], ticks[-1], names + 16, Decimal(width - 14))
    bottom = TOP + STEP * len(rows)
    return SpreadsView(
        width=width, height=bottom + 26, bottom=bottom, label_y=bottom + 18, name_x=place(names),
        axis=(place(scale.start), place(scale.end)),
        grid=[(place(scale.at(tick)), figure(tick)) for tick in ticks],
        rows=[_row(row, Decimal(TOP + STEP * index + STEP // 2), scale, names, places) for index, row in enumerate(rows)],
    )  # fmt: skip


def _row(row: SpreadRow, y: Decimal, scale: Scale, names: Decimal, places: int | None) -> DrawnRow:
    left, right = scale.at(row.lower), scale.at(row.upper)
    ends = (row.least, row.most)
    line = ""
    if ends[0] is not None and ends[1] is not None:
        line = (
            f"M{place(scale.at(ends[0]))} {place(y)}H{place(left)}M{place(right)} {place(y)}H{place(scale.at(ends[1]))}"
        )
    return DrawnRow(
        short=cut(row.name, names), count=row.count, y=place(y), baseline=place(y + 4), line=line,
        box=(place(left), place(y - 9), place(max(right - left, Decimal(2))), "18"),
        median=f"M{place(scale.at(row.median))} {place(y - 9)}v18",
        mine=place(scale.at(row.mine)) if row.mine is not None else "",
        figure=figure(row.mine, places) if row.mine is not None else "",
    )  # fmt: skip

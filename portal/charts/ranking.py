"""The ranking: a dot on a stem from the average, one row each, your own row blue."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.scale import Scale, cut, marks, place, text_width
from portal.figures import figure


@dataclass(frozen=True)
class Ranked:
    """One row to draw: a name, its value, whether it is one's own, and where it leads (a filing's card)."""

    name: str
    value: Decimal
    mine: bool = False
    href: str = ""


@dataclass(frozen=True)
class RankedRow:
    """A row with its coordinates."""

    name: str
    short: str
    figure: str
    mine: bool
    href: str
    stem: str
    x: str
    y: str
    baseline: str
    radius: str


@dataclass(frozen=True)
class RankingView:
    """One drawing of the ranking; there are two, for wide and for narrow places."""

    width: int
    height: int
    bottom: int
    label_y: int
    name_x: str
    average_x: str
    axis: tuple[str, str]
    grid: Sequence[tuple[str, str]]
    rows: Sequence[RankedRow]


@dataclass(frozen=True)
class Ranking:
    """The ranking with its text alternative; `average` is the word and figure over the dashed line.

    `fits` names the width from which the wide drawing shows (parts.css).
    """

    says: str
    average: str
    views: Sequence[tuple[str, RankingView]]
    fits: str = "is-54"
    unit: str = ""

    @property
    def rows(self) -> Sequence[RankedRow]:
        """The rows, for the table that says the same."""
        return self.views[0][1].rows


def ranking(
    rows: Sequence[Ranked], *, average: Decimal, average_word: str, says: str, places: int | None = 2, unit: str = "",
    span: tuple[Decimal, Decimal] | None = None,
) -> Ranking:  # fmt: skip
    """Draw `rows` in the order given. `average_word` stands before the figure over the dashed line ("Average "), `unit` above
    the figures.

    `says` is the text alternative: which is lowest, which highest, how many lie below the average. `span`: the least and
    the most of all pages, where `rows` is one page of a list, so that the pages stand on one axis.
    """
    values = [row.value for row in rows] + [average, *(span or ())]
    views = [
        (css, _view(rows, min(values), max(values), average, width, marks_about, places))
        for css, width, marks_about in (("wide", 1110, 9), ("narrow", 350, 4))
    ]
    return Ranking(says=says, average=f"{average_word}{figure(average, places)}", views=views, unit=unit)


def _view(
    rows: Sequence[Ranked],
    low: Decimal,
    high: Decimal,
    average: Decimal,
    width: int,
    about: int,
    places: int | None,
) -> RankingView:
    wanted = max((text_width(row.name) for row in rows), default=Decimal(60))
    names = min(wanted, Decimal(width) * Decimal("0.42")) + 2
    values = max((text_width(figure(row.value, places)) for row in rows), default=Decimal(40))
    # The axis begins and ends at a written mark: a dot's place can be read off, and nought is shown where it is near.
    ticks = marks(Decimal(0) if 0 < low <= high / 3 else low, high, about)
    scale = Scale(ticks[0], ticks[-1], names + 14, Decimal(width) - values - 22)
    step = 24
    drawn = [_row(row, Decimal(42 + step * index), scale, average, names, places) for index, row in enumerate(rows)]
    bottom = 42 + step * len(rows) - 12
    return RankingView(
        width=width,
        height=bottom + 26,
        bottom=bottom,
        label_y=bottom + 18,
        name_x=place(names),
        average_x=place(scale.at(average)),
        axis=(place(scale.start), place(scale.end)),
        grid=[(place(scale.at(tick)), figure(tick)) for tick in ticks],
        rows=drawn,
    )


def _row(row: Ranked, y: Decimal, scale: Scale, average: Decimal, names: Decimal, places: int | None) -> RankedRow:
    x = place(scale.at(row.value))
    return RankedRow(
        name=row.name,
        short=cut(row.name, names),
        figure=figure(row.value, places),
        mine=row.mine,
        href=row.href,
        stem=f"M{place(scale.at(average))} {place(y)}H{x}",
        x=x,
        y=place(y),
        baseline=place(y + 4),
        radius="6" if row.mine else "4.5",
    )

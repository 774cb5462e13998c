"""The trend: this year's line, last year's dashed, the last point a lamp, a season as a band."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.scale import Point, Scale, marks, place, smooth
from portal.figures import figure


@dataclass(frozen=True)
class TrendLine:
    """One line: a name for the key and a value for each label; None breaks the line."""

    name: str
    values: Sequence[Decimal | None]


@dataclass(frozen=True)
class TrendView:
    """One drawing; there are two, for wide and for narrow screens."""

    width: int
    height: int
    left: str
    right: str
    top: int
    depth: str
    axis_y: str
    label_y: str
    grid: Sequence[tuple[str, str, str]]
    labels: Sequence[tuple[str, str]]
    bands: Sequence[tuple[str, str, str]]
    now: str
    old: str
    points: Sequence[tuple[str, str]]
    dot: tuple[str, str, str, str, str] | None
    goal: tuple[str, str] | None


@dataclass(frozen=True)
class Trend:
    """The trend with its text alternative and the lines for key and table."""

    says: str
    labels: Sequence[str]
    lines: Sequence[TrendLine]
    band_word: str
    goal_word: str
    views: Sequence[tuple[str, TrendView]]
    places: int | None

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """Name and figures of each line, for the table that says the same."""
        return [(line.name, [figure(value, self.places) for value in line.values]) for line in self.lines]


def trend(
    now: TrendLine,
    labels: Sequence[str],
    *,
    says: str,
    before: TrendLine | None = None,
    bands: Sequence[tuple[int, int]] = (),
    band_word: str = "",
    goal: Decimal | None = None,
    goal_word: str = "",
    places: int | None = 2,
    from_zero: bool = True,
) -> Trend:
    """Draw `now` over `labels`, with `before` dashed.

    `bands` are first and last index of a season (heating), named by `band_word`; `goal` is a dotted line named by
    `goal_word`. `from_zero` starts the axis at nought; without it the axis shows the span of the values only.
    """
    lines = [now, before] if before else [now]
    values = [value for line in lines for value in line.values if value is not None] + ([goal] if goal else [])
    low = Decimal(0) if from_zero else min(values, default=Decimal(0))
    high = max(values, default=Decimal(1))
    views = [
        (css, _view(now, before, labels, bands, goal, (low, high), size, places))
        for css, size in (("wide-only", (640, 268)), ("narrow-only", (340, 240)))
    ]
    return Trend(says, labels, lines, band_word if bands else "", goal_word, views, places)


def _view(
    now: TrendLine,
    before: TrendLine | None,
    labels: Sequence[str],
    bands: Sequence[tuple[int, int]],
    goal: Decimal | None,
    span: tuple[Decimal, Decimal],
    size: tuple[int, int],
    places: int | None,
) -> TrendView:
    width, height = size
    ticks = marks(*span, 5)
    down = Scale(ticks[0], ticks[-1], Decimal(height - 26), Decimal(18))
    left = max((len(figure(tick)) for tick in ticks), default=1) * 6 + 14
    across = Scale(Decimal(0), Decimal(max(len(labels) - 1, 1)), Decimal(left), Decimal(width - 16))
    every = 1 if width > 400 or len(labels) <= 6 else 2
    points = _points(now.values, across, down)
    return TrendView(
        width=width,
        height=height,
        left=place(across.start),
        right=place(across.end),
        top=12,
        depth=place(down.start - 12),
        axis_y=place(down.start),
        label_y=place(down.start + 20),
        grid=[(place(down.at(tick)), place(down.at(tick) + 4), figure(tick)) for tick in ticks],
        labels=[(place(across.at(Decimal(i))), word) for i, word in enumerate(labels) if i % every == 0],
        bands=[_band(first, last, across, len(labels)) for first, last in bands],
        now=_path(now.values, across, down),
        old=_path(before.values, across, down) if before else "",
        points=[(place(x), place(y)) for x, y in points[:-1]] if len(labels) <= 6 else [],
        dot=_dot(points, now.values, places),
        goal=(place(down.at(goal)), place(down.at(goal) + 16)) if goal is not None else None,
    )


def _points(values: Sequence[Decimal | None], across: Scale, down: Scale) -> list[Point]:
    return [(across.at(Decimal(i)), down.at(value)) for i, value in enumerate(values) if value is not None]


def _path(values: Sequence[Decimal | None], across: Scale, down: Scale) -> str:
    runs: list[list[Point]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((across.at(Decimal(index)), down.at(value)))
    return "".join(smooth(run) for run in runs)


def _band(first: int, last: int, across: Scale, count: int) -> tuple[str, str, str]:
    start = across.at(Decimal(first)) - (6 if first == 0 else 0)
    end = across.at(Decimal(last)) + (8 if last == count - 1 else 0)
    return place(start), place(end - start), place(start + 10)


def _dot(
    points: Sequence[Point], values: Sequence[Decimal | None], places: int | None
) -> tuple[str, str, str, str, str] | None:
    known = [value for value in values if value is not None]
    if not points:
        return None
    x, y = points[-1]
    return place(x), place(y), place(x - 8), place(y - 8), figure(known[-1], places)

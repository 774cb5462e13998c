"""The trend: this year's line, last year's dashed, the last point a lamp, a season as a band."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.charts.scale import Point, Scale, marks_within, place, smooth
from portal.figures import figure


@dataclass(frozen=True)
class TrendLine:
    """One line: a name for the key and a value for each label; None breaks the line."""

    name: str
    values: Sequence[Decimal | None]


@dataclass(frozen=True)
class TrendView:
    """One drawing; there are two, for wide and for narrow places."""

    width: int
    height: int
    left: str
    right: str
    top: int
    depth: str
    label_y: str
    band_y: str
    grid: Sequence[tuple[str, str, str]]
    labels: Sequence[tuple[str, str]]
    bands: Sequence[tuple[str, str, str]]
    now: str
    old: str
    points: Sequence[tuple[str, str, str, str]]
    lowest: tuple[str, str, str] | None
    dot: tuple[str, str, str, str, str] | None
    lone: Sequence[tuple[str, str]]
    goal: tuple[str, str] | None


@dataclass(frozen=True)
class Trend:
    """The trend with its text alternative and the lines for key and table.

    `fits` names the width from which the wide drawing shows (parts.css).
    """

    says: str
    labels: Sequence[str]
    lines: Sequence[TrendLine]
    band_word: str
    goal_word: str
    views: Sequence[tuple[str, TrendView]]
    places: int | None
    fits: str

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """Name and figures of each line, for the table that says the same."""
        return [(line.name, [figure(value, self.places) for value in line.values]) for line in self.lines]


@dataclass(frozen=True)
class _Plan:
    """What is drawn, before it has a size."""

    now: TrendLine
    before: TrendLine | None
    labels: Sequence[str]
    bands: Sequence[tuple[int, int]]
    goal: Decimal | None
    span: tuple[Decimal, Decimal]
    places: int | None
    small: bool

    @property
    def few(self) -> bool:
        """Whether each point may carry its figure."""
        return len(self.labels) <= 6


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
    small: bool = False,
) -> Trend:
    """Draw `now` over `labels`, with `before` dashed.

    `bands` are first and last index of a season (heating), named by `band_word`; `goal` is a dotted line named by
    `goal_word`. `from_zero` starts the axis at nought; without it the axis shows the span of the values only.
    `small` is the drawing under a figure: no scale, only the line. Up to six points carry their figures.
    """
    lines = [now, before] if before else [now]
    values = [value for line in lines for value in line.values if value is not None] + ([goal] if goal else [])
    low = Decimal(0) if from_zero else min(values, default=Decimal(0))
    plan = _Plan(now, before, labels, bands, goal, (low, max(values, default=Decimal(1))), places, small)
    wide, narrow = ((430, 158), (330, 150)) if small else ((640, 268), (340, 240))
    if plan.few and not small:
        wide, narrow = (400, 290), (330, 230)
    views = [("wide", _view(plan, *wide)), ("narrow", _view(plan, *narrow))]
    fits = "is-22" if plan.small or plan.few else "is-34"
    return Trend(says, labels, lines, band_word if bands else "", goal_word, views, places, fits)


def _view(plan: _Plan, width: int, height: int) -> TrendView:
    down, across, ticks = _scales(plan, width, height)
    every = 1 if width > 400 or plan.few or plan.small else 2
    points = _points(plan.now.values, across, down)
    bare = plan.small or plan.few
    return TrendView(
        width=width,
        height=height,
        left=place(across.start if not plan.few else across.start - 18),
        right=place(across.end if not plan.few else across.end + 18),
        top=4 if plan.small else 12,
        depth=place(down.start - (4 if plan.small else 12)),
        label_y=place(down.start + (14 if plan.small else 20)),
        band_y=place(down.start - 6) if plan.small else "26",
        grid=_grid(ticks, down, bare),
        labels=[(place(across.at(Decimal(i))), word) for i, word in enumerate(plan.labels) if i % every == 0],
        bands=[_band(first, last, across, len(plan.labels)) for first, last in plan.bands],
        now=_path(plan.now.values, across, down),
        old=_path(plan.before.values, across, down) if plan.before else "",
        points=_written(points, plan) if plan.few and not plan.small else [],
        lowest=_lowest(points, plan) if not bare else None,
        dot=_dot(points, plan),
        lone=_lone(plan.before.values, across, down) if plan.before else [],
        goal=(place(down.at(plan.goal)), place(down.at(plan.goal) + 16)) if plan.goal is not None else None,
    )


def _scales(plan: _Plan, width: int, height: int) -> tuple[Scale, Scale, list[Decimal]]:
    low, high = plan.span
    bottom, top = (height - 20, 24) if plan.small else (height - 26, 38)
    if plan.few and not plan.small:
        low, top = low - (high - low) / 2, 60
    ticks = [low] if plan.small or plan.few else marks_within(low, high, 5)
    down = Scale(low, high, Decimal(bottom), Decimal(top))
    left = max((len(figure(tick)) for tick in ticks), default=1) * 6 + 14
    start, end = (4, width - 8) if plan.small else (32, width - 42) if plan.few else (left, width - 16)
    return down, Scale(Decimal(0), Decimal(max(len(plan.labels) - 1, 1)), Decimal(start), Decimal(end)), ticks


def _grid(ticks: Sequence[Decimal], down: Scale, mute: bool) -> list[tuple[str, str, str]]:
    return [(place(down.at(tick)), place(down.at(tick) + 4), "" if mute else figure(tick)) for tick in ticks]


def _points(values: Sequence[Decimal | None], across: Scale, down: Scale) -> list[Point]:
    return [(across.at(Decimal(i)), down.at(value)) for i, value in enumerate(values) if value is not None]


def _written(points: Sequence[Point], plan: _Plan) -> list[tuple[str, str, str, str]]:
    known = [value for value in plan.now.values if value is not None]
    return [
        (place(x), place(y), figure(value, plan.places), place(y - 12))
        for (x, y), value in zip(points[:-1], known, strict=False)
    ]


def _lowest(points: Sequence[Point], plan: _Plan) -> tuple[str, str, str] | None:
    known = [value for value in plan.now.values if value is not None]
    if len(known) < 3 or min(known) in (known[0], known[-1]):
        return None
    x, y = points[known.index(min(known))]
    return place(x), place(y + 18), figure(min(known), plan.places)


def _path(values: Sequence[Decimal | None], across: Scale, down: Scale) -> str:
    runs: list[list[Point]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((across.at(Decimal(index)), down.at(value)))
    return "".join(smooth(run) for run in runs)


def _lone(values: Sequence[Decimal | None], across: Scale, down: Scale) -> list[tuple[str, str]]:
    """Places of values without a neighbour: no line shows them."""
    known = [value is not None for value in values]
    return [
        (place(across.at(Decimal(i))), place(down.at(value)))
        for i, value in enumerate(values)
        if value is not None and not (i and known[i - 1]) and not (i + 1 < len(known) and known[i + 1])
    ]


def _band(first: int, last: int, across: Scale, count: int) -> tuple[str, str, str]:
    start = across.at(Decimal(first)) - (6 if first == 0 else 0)
    end = across.at(Decimal(last)) + (8 if last == count - 1 else 0)
    return place(start), place(end - start), place(start + 10)


def _dot(points: Sequence[Point], plan: _Plan) -> tuple[str, str, str, str, str] | None:
    known = [value for value in plan.now.values if value is not None]
    if not points:
        return None
    x, y = points[-1]
    aside = (x + 14, y - 12) if plan.few else (x - 8, y - 8)
    return place(x), place(y), place(aside[0]), place(aside[1]), "" if plan.small else figure(known[-1], plan.places)

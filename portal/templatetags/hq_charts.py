"""Tags that draw plain figures: a room hands over rows, the page draws them. Rooms need not import portal.charts."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django import template

from portal import charts

register = template.Library()


@register.simple_tag
def draw_ranking(
    rows: Iterable[object], average: Decimal, word: str, says: str, places: int | None = 2
) -> charts.Ranking:
    """Rows with `name`, `value` and, if wanted, `mine` and `href` (dicts or objects), for hq.ranking.

    `word` stands before the average's figure over the dashed line; `says` is the text alternative.
    """
    ranked = [
        charts.Ranked(str(_of(row, "name")), _number(row, "value"), bool(_of(row, "mine")), str(_of(row, "href") or ""))
        for row in rows
    ]
    return charts.ranking(ranked, average=average, average_word=str(word), says=str(says), places=places)


@register.simple_tag
def draw_trend(
    now: object,
    labels: Sequence[object],
    says: str,
    before: object = None,
    bands: Sequence[tuple[int, int]] = (),
    band_word: str = "",
    goal: Decimal | None = None,
    goal_word: str = "",
    places: int | None = 2,
    from_zero: bool = True,
    small: bool = False,
) -> charts.Trend:
    """Lines with `name` and `values` (dicts or objects) over `labels`, for hq.trend; see portal.charts.trend."""
    return charts.trend(
        _line(now),
        [str(label) for label in labels],
        says=str(says),
        before=_line(before) if before else None,
        bands=bands,
        band_word=str(band_word),
        goal=goal,
        goal_word=str(goal_word),
        places=places,
        from_zero=from_zero,
        small=small,
    )


@register.simple_tag
def draw_strip(
    values: Sequence[Decimal],
    average: Decimal,
    word: str,
    says: str,
    mine: Decimal | None = None,
    mine_word: str = "",
    places: int | None = None,
) -> charts.Strip:
    """All values on one line, for hq.strip; the words stand before the average and one's own figure."""
    return charts.strip(
        values,
        average=average,
        average_word=str(word),
        says=str(says),
        mine=mine,
        mine_word=str(mine_word),
        places=places,
    )


@register.simple_tag
def draw_spark(
    values: Sequence[Decimal], start: object, end: object, says: str, places: int | None = None
) -> charts.Spark:
    """A few years as one small line, for hq.spark; start and end are written under the ends."""
    return charts.spark(values, start=str(start), end=str(end), says=str(says), places=places)


@register.simple_tag
def draw_mix(kinds: Iterable[object], says: str) -> charts.Mix:
    """Kinds with `name`, `quantity` and, if wanted, `written` (dicts or objects), for hq.mix: five at most."""
    listed = [
        charts.MixKind(str(_of(kind, "name")), _number(kind, "quantity"), str(_of(kind, "written") or ""))
        for kind in kinds
    ]
    return charts.mix(listed, says=str(says))


def _line(source: object) -> charts.TrendLine:
    values = _of(source, "values")
    if not isinstance(values, Sequence):
        raise TypeError("a line has a sequence of values")
    return charts.TrendLine(str(_of(source, "name")), values)


def _number(source: object, part: str) -> Decimal:
    value = _of(source, part)
    if not isinstance(value, Decimal | int):
        raise TypeError(f"{part} is a Decimal or an int, not {type(value).__name__}")
    return Decimal(value)


def _of(source: object, part: str) -> object:
    return source.get(part) if isinstance(source, Mapping) else getattr(source, part, None)

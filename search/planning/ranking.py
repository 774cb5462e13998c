"""The one order of both engines: the first candidates again, by one formula that says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.planning.normal import normalised, without_blanks_inside
from search.planning.places import WINDOW, gap_of, places_of, spans_of
from search.planning.plan import Group, Plan

_WHOLE_TITLE, _WHOLE, _LITERAL, _NEAR, _TITLE, _SAME_TITLE = 3.0, 2.0, 1.5, 1.0, 3.0, 2.0
_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class Candidate:
    """One piece of a document as an engine found it."""

    key: str
    title: str
    text: str
    day: date | None
    place: int = 0


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score; `near` tells whether the words of the query stand close together."""

    candidate: Candidate
    score: float
    near: bool


def rank(plan: Plan, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Best first; of several pieces of one document only the best one. Equal ones: newer first, then by key."""
    best: dict[str, Ranked] = {}
    for candidate in candidates:
        ranked = score_of(plan, candidate)
        kept = best.get(candidate.key)
        if kept is None or (ranked.near, ranked.score, -candidate.place) > (
            kept.near, kept.score, -kept.candidate.place,
        ):  # fmt: skip
            best[candidate.key] = ranked
    return sorted(best.values(), key=_order)


def _order(ranked: Ranked) -> tuple[float, int, str]:
    day = ranked.candidate.day or _FIRST_DAY
    return -ranked.score, -day.toordinal(), ranked.candidate.key


def score_of(plan: Plan, candidate: Candidate) -> Ranked:
    """Whole query before its words, literal before what stands for it, near before far, title before body."""
    title = without_blanks_inside(normalised(candidate.title))
    body = without_blanks_inside(normalised(candidate.text))
    score = _WHOLE_TITLE * (plan.text in title) + _WHOLE * (plan.text in body) + _SAME_TITLE * (plan.text == title)
    weights = [_weights(group, title, body) for group in plan.groups]
    count = len(weights) or 1
    score += _TITLE * sum(in_title for in_title, _ in weights) / count
    score += _LITERAL * sum(anywhere for _, anywhere in weights) / count
    gaps = [gap for gap in (gap_of(plan.groups, title), _gap_under(plan, title, body)) if gap is not None]
    if gaps:
        score += _NEAR / (1 + min(gaps) / WINDOW)
    near = bool(gaps) and (len(plan.groups) == 1 or min(gaps) <= WINDOW)
    return Ranked(candidate, round(score, 6), near)


def _gap_under(plan: Plan, title: str, body: str) -> int | None:
    """How near the words stand in the body; those of the title hold for all of it."""
    rest = tuple(group for group in plan.groups if not places_of(group, title))
    return gap_of(rest or plan.groups, body)


def _weights(group: Group, title: str, body: str) -> tuple[float, float]:
    """The best weight with which a group stands in the title, and anywhere."""
    in_title = anywhere = 0.0
    for alternative in group.alternatives:
        if spans_of(alternative, title):
            in_title = max(in_title, alternative.weight)
        elif anywhere < alternative.weight and spans_of(alternative, body):
            anywhere = alternative.weight
    return in_title, max(in_title, anywhere)

"""The one order of both engines: the first candidates again, by one formula that says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.planning.normal import plain_of
from search.planning.places import WINDOW, Span, gap_between, spans_of
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
    title, body = plain_of(candidate.title), plain_of(candidate.text)
    score = _WHOLE_TITLE * (plan.text in title) + _WHOLE * (plan.text in body) + _SAME_TITLE * (plan.text == title)
    found = [_Found.of(group, title, body) for group in plan.groups]
    count = len(found) or 1
    score += _TITLE * sum(each.title_weight for each in found) / count
    score += _LITERAL * sum(max(each.title_weight, each.body_weight) for each in found) / count
    # What the title says holds for all of the body.
    under = [each.body for each in found if not each.title] or [each.body for each in found]
    gaps = [gap for gap in (gap_between([each.title for each in found]), gap_between(under)) if gap is not None]
    if gaps:
        score += _NEAR / (1 + min(gaps) / WINDOW)
    near = bool(gaps) and (len(plan.groups) == 1 or min(gaps) <= WINDOW)
    return Ranked(candidate, round(score, 6), near)


@dataclass(frozen=True)
class _Found:
    """Where a group stands, and the best weight with which it does."""

    title: list[Span]
    body: list[Span]
    title_weight: float
    body_weight: float

    @classmethod
    def of(cls, group: Group, title: str, body: str) -> "_Found":
        """Looked up once for all that is made of it."""
        in_title, title_weight = _spans_and_weight(group, title)
        in_body, body_weight = _spans_and_weight(group, body)
        return cls(in_title, in_body, title_weight, body_weight)


def _spans_and_weight(group: Group, plain: str) -> tuple[list[Span], float]:
    spans: list[Span] = []
    weight = 0.0
    for alternative in group.alternatives:
        if found := spans_of(alternative, plain):
            spans += found
            weight = max(weight, alternative.weight)
    return sorted(set(spans)), weight

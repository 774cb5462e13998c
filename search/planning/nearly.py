"""How much of a query's meaning a text holds where no text holds all of it: words by their rarity, near each other, the
title as context of every place; of a word that is nowhere, what a rare character of it still says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from search.planning.normal import CJK_RUN, plain_of
from search.planning.places import Span, places_of
from search.planning.plan import Group
from search.planning.ranking import Candidate

#: Characters on either side of a word that still speak of the same thing.
REACH = 40
#: A word of the title says what the text is about.
ABOUT = 1.3
#: The characters of a word in their order with little between them (abbreviations, an inserted word).
STRETCHED, STRETCH = 0.8, 2
#: One whole word of several says so much of its weight.
ALONE = 0.85
_MOST_ANCHORS = 40


@dataclass(frozen=True)
class Part:
    """A group with its weight; `characters` weigh what each character alone would say."""

    group: Group
    weight: float
    characters: Mapping[str, float]

    def stretched(self) -> re.Pattern[str] | None:
        """The word's characters in order, loosely."""
        return _loose(self.group.word) if len(self.group.word) > 1 and CJK_RUN.fullmatch(self.group.word) else None


def rarity(size: int, count: int) -> float:
    """What a word says that stands in `count` of `size` pieces; most where it stands in none."""
    return log(1 + size / (count + 0.5))


@cache
def _loose(word: str) -> re.Pattern[str]:
    return re.compile(f"[^\\s。；！？]{{0,{STRETCH}}}".join(map(re.escape, word)))  # Chinese text: ends of sentences


def held(parts: Sequence[Part], candidate: Candidate) -> float:
    """The share of the query's meaning that the best place of a text holds, together with its title."""
    total = sum(part.weight for part in parts)
    title, body = plain_of(candidate.title), plain_of(candidate.text)
    in_title = [_said(part, title) * ABOUT for part in parts]
    places = [places_of(part.group, body) for part in parts]
    best = _joint(parts, in_title)
    for start, end in _anchors(places):
        window = body[max(0, start - REACH) : end + REACH]
        near = (_near(part, spans, (start, end), window) for part, spans in zip(parts, places, strict=True))
        best = max(best, _joint(parts, list(map(max, in_title, near))))
    return best / total if total else 0.0


def _joint(parts: Sequence[Part], said: Sequence[float]) -> float:
    """What is said together. One word of several alone says less than its rarity: it may be of another matter."""
    whole = sum(one >= STRETCHED * part.weight for part, one in zip(parts, said, strict=True))
    return sum(said) * (ALONE if whole <= 1 and len(parts) > 1 else 1.0)


def _anchors(places: Sequence[Sequence[Span]]) -> list[Span]:
    return sorted({span for spans in places for span in spans})[:_MOST_ANCHORS]


def _near(part: Part, spans: Sequence[Span], anchor: Span, window: str) -> float:
    start, end = anchor
    if any(first < end + REACH and last > start - REACH for first, last in spans):
        return part.weight
    return _less(part, window)


def _said(part: Part, text: str) -> float:
    return part.weight if places_of(part.group, text) else _less(part, text)


def _less(part: Part, text: str) -> float:
    """What is there of a word that is not."""
    pattern = part.stretched()
    if pattern is None:
        return 0.0
    if pattern.search(text):
        return STRETCHED * part.weight
    return max((says for character, says in part.characters.items() if character in text), default=0.0)

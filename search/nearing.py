"""What comes close to a query that nothing answers in full: words weighed in this index, candidates, and which are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.engines.engine import Engine, Row, Scope
from search.planning.lexicon import Lexicon
from search.planning.nearly import Part, held, rarity
from search.planning.normal import CJK_RUN
from search.planning.plan import LITERAL, Alternative, Group, Step
from search.planning.tokens import term_of

#: The share of meaning (summed rarity) with which a piece is looked at, and the share that a hit must hold.
ASKED_SHARE, HELD_SHARE = 0.3, 0.55
#: The same where the query is itself a guess at what was meant.
GUESSED_SHARE = 0.8
#: A hit must hold so much of what the best one holds.
BESIDE = 0.8
#: Words for an aspect, and single characters, say so much of what their rarity would say.
LIGHT = 0.5
#: A word that is nowhere says so much.
ABSENT = 0.85
#: A character of a word that is not there says so much of its own rarity, at most this share of the word's.
SOFT, MOST_SOFT = 0.7, 0.8
#: So many candidates are read, and as many more by title where there are too many.
LOOKED_AT = 120


@dataclass(frozen=True)
class Weigher:
    """One engine asked for one reader."""

    engine: Engine
    scope: Scope
    lexicon: Lexicon

    def parts_of(self, groups: Sequence[Group]) -> list[Part]:
        """Groups with what they say in this index; of those that are nowhere, what their single characters would."""
        size, counts = self.engine.size(self.scope), self.engine.counts(groups, self.scope)
        pairs = list(zip(groups, counts, strict=True))
        absent = sorted({char for group, count in pairs if not count for char in _characters(group.word)})
        of_characters = zip(absent, self.engine.counts([*map(_single, absent)], self.scope), strict=True)
        says = {char: SOFT * rarity(size, count) for char, count in of_characters if count}
        return [self._part(group, rarity(size, count), says, count) for group, count in pairs]

    def _part(self, group: Group, rare: float, says: dict[str, float], count: int) -> Part:
        is_light = group.word in self.lexicon.light_words or len(group.word) == 1
        weight = rare * (LIGHT if is_light else 1.0) * (1.0 if count else ABSENT)
        known = (char for char in _characters(group.word) if char in says)
        return Part(group, weight, {char: min(says[char], MOST_SOFT * rare) * weight / rare for char in known})

    def candidates(self, step: Step) -> list[Row]:
        """Pieces that may come close: the newest, and of too many also those whose title does."""
        rows = self.engine.rows(step, self.scope, limit=LOOKED_AT)
        if len(rows) == LOOKED_AT:
            rows += self.engine.rows(step, self.scope, limit=LOOKED_AT, titles=True)
        return rows


def nearest(parts: Sequence[Part], rows: Iterable[Row], least: float = HELD_SHARE) -> dict[str, tuple[Row, float]]:
    """By key the piece of each document that holds enough, with the share it holds (six places, so that equal is equal)."""
    best: dict[str, tuple[Row, float]] = {}
    for row in rows:
        share = round(held(parts, row), 6)
        if share >= least and (row.key not in best or share > best[row.key][1]):
            best[row.key] = (row, share)
    most = max((share for _row, share in best.values()), default=0.0)
    return {key: (row, share) for key, (row, share) in best.items() if share >= BESIDE * most}


def _characters(word: str) -> list[str]:
    return [char for char in dict.fromkeys(word) if CJK_RUN.match(char)] if len(word) > 1 else []


def _single(char: str) -> Group:
    term = term_of(char)
    return Group(char, (Alternative((char,), (term,) if term else (), LITERAL),))

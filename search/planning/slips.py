"""What somebody meant: pinyin instead of characters, or a character that only sounds right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from search.planning.lexicon import Lexicon
from search.planning.normal import CJK_RUN, RUN, query_words
from search.planning.pinyin import alike, full, initials, typed_pinyin

#: Words joined when looking for what was meant: a wrong character makes the cutter fall into pieces.
_MOST_JOINED, _LONGEST = 4, 8


@dataclass(frozen=True)
class Vocabulary:
    """Words that public texts use, with how often: what somebody may have meant. Holds nothing of a school's."""

    counts: tuple[tuple[str, int], ...]

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        return _grouped((full(word), word) for word in self._ordered)

    @cached_property
    def _by_like_sound(self) -> dict[str, list[str]]:
        return _grouped((alike(full(word)), word) for word in self._ordered)

    @cached_property
    def _by_initials(self) -> dict[str, list[str]]:
        return _grouped((initials(word), word) for word in self._ordered)

    @cached_property
    def _ordered(self) -> list[str]:
        return [word for word, _ in sorted(self.counts, key=lambda pair: (-pair[1], pair[0])) if len(word) > 1]

    def sounding(self, word: str) -> list[str]:
        """Words that sound like a Chinese word and differ in one character or more; the commonest first."""
        sound = full(word)
        found = [*self._by_sound.get(sound, ()), *self._by_like_sound.get(alike(sound), ())]
        same = [other for other in dict.fromkeys(found) if len(other) == len(word) and other != word]
        return sorted(same, key=lambda other: sum(a != b for a, b in zip(word, other, strict=True)))

    def spelled(self, pinyin: str) -> list[str]:
        """Texts that joined pinyin may stand for: a word, several words in a row, or by initials."""
        whole = self._by_sound.get(pinyin, [])
        if whole:
            return whole[:3]
        row = self._in_a_row(pinyin)
        return [" ".join(row)] if row else self._by_initials.get(pinyin, [])[:3]

    def _in_a_row(self, pinyin: str) -> list[str]:
        """The fewest words whose pinyin, joined, is this."""
        best: list[list[str] | None] = [[]] + [None] * len(pinyin)
        for end in range(2, len(pinyin) + 1):
            for start in range(max(0, end - 24), end - 1):
                before, found = best[start], self._by_sound.get(pinyin[start:end])
                if before is not None and found and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                    best[end] = [*before, found[0]]
        return best[-1] or []


def meant(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[str]:
    """What the query may have been meant to be, the likeliest first; nothing where it is no slip."""
    plain = query_words(text)
    pinyin = typed_pinyin(plain)
    if pinyin:
        yield from vocabulary.spelled(pinyin)
        return
    for run in RUN.findall(plain):
        if CJK_RUN.match(run):
            yield from _mended(plain, run, lexicon.cut(run), vocabulary)


def _mended(plain: str, run: str, words: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    places = [sum(map(len, words[:number])) for number in range(len(words) + 1)]
    for size in range(1, _MOST_JOINED + 1):
        for start in range(len(words) - size + 1):
            begin, end = places[start], places[start + size]
            if 2 <= end - begin <= _LONGEST:
                for other in vocabulary.sounding(run[begin:end])[:2]:
                    yield plain.replace(run, run[:begin] + other + run[end:], 1)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, word in pairs:
        found.setdefault(key, []).append(word)
    return found

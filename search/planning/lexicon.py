"""Words, synonyms and stop words, ready to cut a query with. Immutable: a changed word makes a new lexicon."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from search.planning.normal import CJK_RUN, is_chinese, normalised

FOLDER = Path(__file__).parents[1] / "lexicon"
#: Heavy enough that a word of the field wins over its parts.
_FREQUENCY = 20_000


@dataclass(frozen=True)
class Lexicon:
    """Own words of the field; groups of near-equivalents; words that say nothing alone."""

    words: frozenset[str]
    synonym_groups: tuple[tuple[str, ...], ...]
    stop_words: frozenset[str] = field(default_factory=frozenset)
    light_words: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """For each word the words that stand for it: members of its groups only, no chains."""
        found: dict[str, dict[str, None]] = {}
        for group in self.synonym_groups:
            for word in group:
                found.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
        return {word: tuple(others) for word, others in found.items()}

    @cached_property
    def own(self) -> frozenset[str]:
        """Every Chinese word that an editor or the starting lexicon has given."""
        known = self.words | set(self.synonyms)
        return frozenset(word for word in known if CJK_RUN.fullmatch(word) and len(word) > 1)

    @cached_property
    def _cutter(self) -> Any:
        import rjieba

        cutter = rjieba.Jieba()
        for word in self.own | {word for word in self.stop_words if len(word) > 1}:
            cutter.add_word(word, _FREQUENCY, "n")
        return cutter

    def cut(self, text: str) -> list[str]:
        """A normalised text as words."""
        return [word for word in self._cutter.cut(text, False) if word.strip()]

    def knows(self, word: str) -> bool:
        """Whether the word stands in the dictionary."""
        return word in self.own or bool(self._cutter.has_word(word))

    def sub_words(self, word: str) -> tuple[str, ...]:
        """The fewest known words of two or more characters that cover a word of four or more; () where none do."""
        if len(word) < 4 or not CJK_RUN.fullmatch(word):
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - 8), end - 1):
                before, part = best[start], word[start:end]
                if before is None or part == word or not self.knows(part):
                    continue
                if best[end] is None or len(before) + 1 < len(best[end] or ()):
                    best[end] = (*before, part)
        return best[-1] or ()


def lines(path: Path) -> list[str]:
    """The lines of a list, normalised, without remarks."""
    found = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [normalised(line) for line in found if line]


@cache
def light_words() -> frozenset[str]:
    """Words for an aspect of a subject (time, rule, list), which say less than the subject does."""
    return frozenset(word for line in lines(FOLDER / "light_words.txt") for word in line.split())


def make_lexicon(words: Iterable[str], groups: Iterable[Iterable[str]], stop_words: Iterable[str]) -> Lexicon:
    """A lexicon of loose words; single characters are no synonyms."""
    tidy = (tuple(dict.fromkeys(normalised(word).strip() for word in group)) for group in groups)
    kept = tuple(tuple(w for w in group if len(w) > 1) for group in tidy)
    return Lexicon(
        frozenset(normalised(word).strip() for word in words if is_chinese(word)),
        tuple(group for group in kept if len(group) > 1),
        frozenset(map(normalised, stop_words)),
        light_words(),
    )


def starting_lists() -> tuple[list[str], list[list[str]], list[str]]:
    """The words, synonym groups and stop words the portal starts with."""
    groups = [[word.strip() for word in line.split(",")] for line in lines(FOLDER / "synonyms.txt")]
    return lines(FOLDER / "words.txt"), groups, lines(FOLDER / "stop_words.txt")

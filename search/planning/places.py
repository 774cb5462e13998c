"""Where the words of a plan stand in a text: for nearness, for order, and for marks on the original."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from search.planning.paper_numbers import paper_numbers
from search.planning.plan import Alternative, Group
from search.planning.tokens import Term

#: Characters between the words of a query that still belong together.
WINDOW = 25
_MOST_PLACES = 40
_NUMBER = re.compile(r"no\d{4}x\d+")

Span = tuple[int, int]


def places_of(group: Group, plain: str, *, blanks: bool = False) -> list[Span]:
    """Where a group stands in a normalised text, in order; of an AND of sub-words, each of them. `blanks`: the text may
    have blanks inside its words."""
    found: list[Span] = []
    for alternative in group.alternatives:
        found += spans_of(alternative, plain, blanks=blanks)
    return sorted(set(found))[:_MOST_PLACES]


def spans_of(alternative: Alternative, plain: str, *, blanks: bool = False) -> list[Span]:
    """Where an alternative stands; [] unless all its terms are there."""
    found: list[Span] = []
    for word, term in zip(alternative.words, alternative.terms, strict=True):
        spans = _spans(word, term, plain, blanks)
        if not spans:
            return []
        found += spans
    return found


def _spans(word: str, term: Term, plain: str, blanks: bool) -> list[Span]:
    if _is_number(term.tokens[0]):
        return [(n.start, n.end) for n in paper_numbers(plain) if n.token == term.tokens[0]]
    if not blanks and not word.isascii():
        return _found(word, plain)
    if not blanks and term.tokens[0] not in plain:
        return []
    return [match.span() for match in islice(_pattern(word, term).finditer(plain), _MOST_PLACES)]


def _found(word: str, plain: str) -> list[Span]:
    spans: list[Span] = []
    at, length = plain.find(word), len(word)
    while at >= 0 and len(spans) < _MOST_PLACES:
        spans.append((at, at + length))
        at = plain.find(word, at + length)
    return spans


@cache
def _is_number(token: str) -> bool:
    return bool(_NUMBER.fullmatch(token))


@cache
def _pattern(word: str, term: Term) -> re.Pattern[str]:
    """The word with blanks allowed between Chinese characters; words of letters at their borders, plural or not."""
    if word.isascii():
        stemmed = "".join(term.tokens) if len(term.tokens) == 1 else word
        ending = "(?:e?s)?" if stemmed.isalpha() and len(stemmed) > 2 else ""
        stems = f"(?:{re.escape(stemmed)}|{re.escape(word)})"
        return re.compile(rf"(?<![a-z0-9]){stems}{ending}(?![a-z0-9])")
    return re.compile(r"\s{0,2}".join(map(re.escape, word)))


def gap_of(groups: tuple[Group, ...], plain: str) -> int | None:
    """The fewest characters left over in a stretch that holds every group; None where one is missing."""
    return gap_between([places_of(group, plain) for group in groups])


def gap_between(found: Sequence[Sequence[Span]]) -> int | None:
    """The same for the places of each group."""
    if not found or not all(found):
        return None
    if len(found) == 1:
        return 0
    events = sorted((start, end, number) for number, spans in enumerate(found) for start, end in spans)
    newest: dict[int, Span] = {}
    best: int | None = None
    for start, end, number in events:
        newest[number] = (start, end)
        if len(newest) == len(found):
            first = min(span[0] for span in newest.values())
            last = max(span[1] for span in newest.values())
            left = max(0, last - first - sum(e - s for s, e in newest.values()))
            best = left if best is None else min(best, left)
    return best

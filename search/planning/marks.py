"""Extracts: the stretch of the original text where the words of the query stand, with marks on the original glyphs."""

from dataclasses import dataclass

from search.planning.normal import with_origins
from search.planning.places import Span, places_of
from search.planning.plan import Plan

EXTRACT_CHARACTERS = 120
_BEFORE = 24
_SENTENCE_ENDS = "。！？；\n"  # Chinese text: ends of sentences


@dataclass(frozen=True)
class Bit:
    """A stretch of an extract; `marked` where it is what was looked for."""

    text: str
    marked: bool = False


def marked(text: str, plan: Plan) -> list[Bit]:
    """The whole text in bits (a title)."""
    return _bits(text, _original_spans(text, plan), 0, len(text))


def extract(text: str, plan: Plan, length: int = EXTRACT_CHARACTERS) -> list[Bit]:
    """The best stretch of about `length` characters in bits; the beginning where no word stands in the text."""
    spans = _original_spans(text, plan)
    start = _best_start(spans, length)
    start = _sentence_start(text, start)
    end = min(len(text), start + length)
    bits = _bits(text, spans, start, end)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return [bit for bit in (Bit(before), *bits, Bit(after)) if bit.text]


def _original_spans(text: str, plan: Plan) -> list[Span]:
    normal = with_origins(text)
    found = sorted({span for group in plan.groups for span in places_of(group, normal.text, blanks=True)})
    joined: list[Span] = []
    for start, end in found:
        first, last = normal.origin[start], normal.origin[end - 1] + 1
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _best_start(spans: list[Span], length: int) -> int:
    """The start whose stretch holds most marked characters."""
    best, most = 0, 0
    for start, _ in spans:
        held = sum(end - begin for begin, end in spans if start <= begin and end <= start + length - _BEFORE)
        if held > most:
            best, most = start, held
    return max(0, best - _BEFORE) if most else 0


def _sentence_start(text: str, start: int) -> int:
    """Rather the beginning of the sentence, where one begins close before the first mark."""
    if not start:
        return 0
    near = text[start : start + _BEFORE]
    cut = max(near.rfind(sign) for sign in _SENTENCE_ENDS)
    return start + cut + 1 if cut >= 0 else start


def _bits(text: str, spans: list[Span], start: int, end: int) -> list[Bit]:
    bits, at = [], start
    for begin, stop in spans:
        first, last = max(begin, at), min(stop, end)
        if first >= last:
            continue
        bits += [Bit(" ".join(text[at:first].split("\n"))), Bit(text[first:last], marked=True)]
        at = last
    bits.append(Bit(" ".join(text[at:end].split("\n"))))
    return [bit for bit in bits if bit.text]

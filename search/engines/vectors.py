"""Steps as tsqueries and documents as tsvectors: what stands in PostgreSQL's index, and how it is asked for.

A vector holds the tokens of title and body at their places, those of the title a second time as words of the title, and
marks without a place: who may read it, of which month it is, and to which sample it belongs. So the index alone answers
all but words of three or more characters, whose tokens it knows to be there but not to stand side by side: whoever asks
looks at the text (`holds`). To let the database look would unpack every vector.
"""

import zlib
from collections.abc import Iterable, Sequence
from datetime import date

from search.planning.normal import CJK_RUN, plain_of
from search.planning.places import spans_of
from search.planning.plan import LITERAL, Alternative, Group, Step
from search.planning.tokens import Term
from search.readers import Reader

#: Begin the words of a vector that are no tokens: a token of the title, a reader, a month, a sample.
TITLE, READER, MONTH, SAMPLE = "^", "=", "~", "%"
#: Of broad queries one document in so many is counted.
SAMPLES = 8


def query_of(step: Step, *, titles: bool = False) -> str:
    """A step as the text of a tsquery; with `titles` only where it stands in the title."""
    lead = TITLE if titles else ""
    return " | ".join(f"({' & '.join(_group(group, lead) for group in groups)})" for groups in step.sets)


def query_in(reader: Reader, query: str) -> str:
    """The same among what a reader may find: the index itself leaves out the rest, before any row of it is touched."""
    return f"({query}) & ({readers_of(reader)})"


def readers_of(reader: Reader) -> str:
    """The marks of all that a reader may find."""
    return _any_of(reader_mark(space, token) for space in reader.spaces for token in reader.tokens)


def months_of(months: Sequence[str]) -> str:
    """The marks of some months."""
    return _any_of(f"{MONTH}{month}" for month in months)


def sample_mark(number: int) -> str:
    """One sample, quoted."""
    return quoted(f"{SAMPLE}{number}")


def reader_mark(space: int, token: str) -> str:
    """The word that stands for one audience in one space."""
    return f"{READER}{space}{READER}{token}"


def month_of(day: date | None) -> str:
    """A day's month as marks write it; empty for none."""
    return f"{day:%Y%m}" if day else ""


def holds(step: Step, title: str, body: str) -> bool:
    """Whether the words of a step really stand there, side by side as typed. Asked of rows that hold all its tokens."""
    plain = [plain_of(title), plain_of(body)]
    return any(all(_group_holds(group, plain) for group in groups) for groups in step.sets)


def has_long_words(step: Step) -> bool:
    """Whether the index alone cannot answer."""
    alternatives = (each for groups in step.sets for group in groups for each in group.alternatives)
    return any(_is_long(word, term) for each in alternatives for word, term in zip(each.words, each.terms, strict=True))


def _group_holds(group: Group, plain: Sequence[str]) -> bool:
    return any(_alternative_holds(each, plain) for each in group.alternatives)


def _alternative_holds(alternative: Alternative, plain: Sequence[str]) -> bool:
    pairs = zip(alternative.words, alternative.terms, strict=True)
    return all(_stands(word, term, plain) for word, term in pairs)


def _stands(word: str, term: Term, plain: Sequence[str]) -> bool:
    return any(spans_of(Alternative((word,), (term,), LITERAL), text) for text in plain)


def _is_long(word: str, term: Term) -> bool:
    return len(term.tokens) > 1 and bool(CJK_RUN.fullmatch(word))


def _group(group: Group, lead: str) -> str:
    alternatives = [
        " & ".join(_term(word, term, lead) for word, term in zip(each.words, each.terms, strict=True))
        for each in group.alternatives
    ]
    return f"({' | '.join(f'({alternative})' for alternative in alternatives)})"


def _term(word: str, term: Term, lead: str) -> str:
    words = [quoted(lead + token) for token in term.tokens]
    if term.open:
        words[-1] += ":*"
    return f"({(' & ' if _is_long(word, term) else ' <-> ').join(words)})"


def _any_of(marks: Iterable[str]) -> str:
    return " | ".join(map(quoted, marks))


def quoted(token: str) -> str:
    """A token as a word of a tsquery or tsvector."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


# ---------------------------------------------------------------- vectors


def vector_of(title: Sequence[str], body: Sequence[str], gap: int, marks: Sequence[str]) -> str:
    """Tokens as the text of a tsvector: the title's twice, then after a gap the body's; marks at no place."""
    places: dict[str, list[int]] = {}
    for number, token in enumerate(title, 1):
        places.setdefault(token, []).append(number)
        places.setdefault(TITLE + token, []).append(number)
    for number, token in enumerate(body, 1 + len(title) + gap):
        places.setdefault(token, []).append(number)
    words = [f"{quoted(token)}:{','.join(map(str, found))}" for token, found in places.items()]
    return " ".join([*words, *map(quoted, marks)])


def leads_of(leads: Sequence[str], marks: Sequence[str]) -> str:
    """Beginnings as the text of a tsvector, with the marks."""
    return " ".join(map(quoted, [*leads, *marks]))


def marks_of(key: str, space: int, audience: Sequence[str], day: date | None) -> list[str]:
    """The marks of a document."""
    sample = zlib.crc32(key.encode()) % SAMPLES
    return [*(reader_mark(space, token) for token in audience), f"{MONTH}{month_of(day)}", f"{SAMPLE}{sample}"]

"""The one tokenizer of both engines: bigrams of Chinese runs, words of letters, one word for each paper's number.

Both engines index what stands here, so that the same words give the same sets. A Chinese run of n characters gives n
tokens: its n-1 bigrams and its last character alone, so that a single character is found as the beginning of a token.
"""

from dataclasses import dataclass

from search.planning.normal import CJK_RUN, RUN, plain_of
from search.planning.paper_numbers import paper_numbers

#: Texts are indexed in pieces: PostgreSQL forgets positions beyond 16,383 and the 256th place of one word.
PIECE_CHARACTERS = 8_000
#: Between the title and the body of a piece, so that no phrase reaches over.
TITLE_GAP = 50
#: Longer words of letters are cut (addresses, hashes).
WORD_CHARACTERS = 40


@dataclass(frozen=True)
class Term:
    """A word as tokens that stand side by side; with `open` the last one is only the beginning of a token."""

    tokens: tuple[str, ...]
    open: bool = False


def index_tokens(text: str) -> list[str]:
    """The tokens of a text, one for each position."""
    plain = plain_of(text)
    found: list[str] = []
    before = 0
    for number in paper_numbers(plain):
        found += _tokens(plain[before : number.end])
        found.append(number.token)
        before = number.end
    return found + _tokens(plain[before:])


def _tokens(plain: str) -> list[str]:
    found: list[str] = []
    for match in RUN.finditer(plain):
        run = match.group()
        if CJK_RUN.match(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]
        else:
            found.append(stem(run[:WORD_CHARACTERS]))
    return found


def term_of(word: str) -> Term | None:
    """A word of a normalised query as a term; None where nothing of it is indexed."""
    tokens = _tokens(word)
    if not tokens:
        return None
    last = RUN.findall(word)[-1]
    if not CJK_RUN.match(last):
        return Term(tuple(tokens))
    if len(last) == 1:
        return Term(tuple(tokens), open=True)
    return Term(tuple(tokens[:-1]))


def stem(word: str) -> str:
    """An English word without its plural (Harman's S rules); everything else as it is."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return f"{word[:-3]}y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    if word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


def pieces(text: str) -> list[str]:
    """A text in pieces of at most `PIECE_CHARACTERS`, cut at a line or sentence where one ends late enough."""
    found = []
    while len(text) > PIECE_CHARACTERS:
        window = text[:PIECE_CHARACTERS]
        cut = max(window.rfind(sign) for sign in ("\n", "。", ". ", "；")) + 1  # Chinese text: ends of sentences
        cut = cut if cut > PIECE_CHARACTERS // 2 else PIECE_CHARACTERS
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]

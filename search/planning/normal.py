"""Texts in one form: width, case, traditional glyphs, numerals; each character remembers where it came from."""

# Chinese text: numerals and glyphs that are rewritten.

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
CJK_RUN = re.compile(f"[{_CJK}]+")
#: What is indexed: runs of Chinese characters, and words of letters and figures.
RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
#: All that NFKC or small letters change among characters that stand alone; most of a Chinese text is not among it.
_CHANGED = re.compile(
    "[A-Z\xa0-\xbf\u0370-\u1dff\u1f00-\u200a\u2010-\u2029\u202f-\u205f\u2070-\u33ff\ua000-\ufdff\ufe10-\ufefe"
    "\uff00-\uffef\U00010000-\U0001ffff]"
)
_NOTHING = {"Cf", "Mn", "Cc"}
_KEPT_CONTROLS = "\t\n\r"
#: Letters with accents or tones, marks and signs of no width: these change a text's length or lose a part.
_SPECIAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xad\xc0-\u036f\u1e00-\u1eff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


@dataclass(frozen=True)
class Normal:
    """A text in one form. `origin[i]` is the place in the original of the character `text[i]`."""

    text: str
    origin: tuple[int, ...]


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional glyphs as simplified ones, character for character."""
    converted = str(_converter().convert(text))
    return (
        converted if len(converted) == len(text) else "".join(_converter().convert(char)[:1] or char for char in text)
    )


def with_origins(text: str) -> Normal:
    """The same with the way back to the original."""
    whole = _at_once(text)
    if whole is not None:
        return Normal(whole, tuple(range(len(text))))
    chars: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for part in _parts(char):
            chars.append(part)
            origin.append(place)
    return Normal(simplified("".join(chars)), tuple(origin))


def normalised(text: str) -> str:
    """NFKC, simplified glyphs, small letters, without marks that nobody sees (and tone marks of pinyin)."""
    if _SPECIAL.search(text):
        return with_origins(text).text
    return simplified(_CHANGED.sub(_changed, text))


def _changed(match: re.Match[str]) -> str:
    return _compatible(match[0])


@cache
def _compatible(char: str) -> str:
    return "".join(_parts(char))


def _at_once(text: str) -> str | None:
    """The fast way for texts whose characters all stay one character; None for others."""
    if _SPECIAL.search(text):
        return None
    plain = unicodedata.normalize("NFKC", text).lower()
    return simplified(plain) if len(plain) == len(text) else None


def _parts(char: str) -> str:
    """One character in its compatible form. Letters lose accents and tones; ü stays as v, as one types it."""
    if char in "üǖǘǚǜÜ":
        return "v"
    plain = unicodedata.normalize("NFKC", char).lower()
    if not _SPECIAL.match(char):
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if unicodedata.category(c) not in _NOTHING or c in _KEPT_CONTROLS)


def query_words(text: str) -> str:
    """A query in one form: blanks part words here."""
    return " ".join(normalised(text).split())


def without_blanks_inside(text: str) -> str:
    """Normalised text with single blanks, and none inside Chinese: a line's end, or a blank that stretches a title,
    parts no words there."""
    parts = text.split()
    if len(parts) < 2:
        return "".join(parts)
    found = parts[:1]
    for before, part in pairwise(parts):
        found.append(part if CJK_RUN.match(before[-1]) and CJK_RUN.match(part[0]) else f" {part}")
    return "".join(found)


@lru_cache(maxsize=4_000)
def plain_of(text: str) -> str:
    """A text of the index as words are looked for in it."""
    return without_blanks_inside(normalised(text))


def is_chinese(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return bool(CJK_RUN.search(text))

"""What is wrong with a catalogue: missing, empty, guessed, or with placeholders that do not match."""

import re
from collections.abc import Iterable, Iterator

from portal.translations.po import Entry

_PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]?\d*(?:\.\d+)?[sdfr]|%[sdfr]|(?<!\{)\{\w*\}(?!\})")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
#: Beside ASCII, what English typography, units and sentences about Chinese figures need.
_ENGLISH = re.compile(
    r"[\x20-\x7e\n\u00a0\u00b0-\u00b7\u00d7\u2010-\u2026\u2082\u2190-\u2193\u2212\u2264\u2265·›〔〕万亿萬億]*"
)


def missing(found: Iterable[Entry], catalogue: Iterable[Entry]) -> Iterator[str]:
    """Messages of the sources that the catalogue does not know."""
    known = {entry.key for entry in catalogue}
    for entry in found:
        if entry.key not in known:
            yield f"missing: {entry.msgid!r}" + (f" (context {entry.context!r})" if entry.context else "")


def faults(catalogue: Iterable[Entry]) -> Iterator[str]:
    """Entries without words, guessed ones, and placeholders that differ."""
    for entry in catalogue:
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.is_translated:
            yield f"empty: {entry.msgid!r}"
        else:
            yield from _placeholders(entry)


def _placeholders(entry: Entry) -> Iterator[str]:
    allowed = [placeholders(entry.msgid)]
    if entry.plural is not None:
        allowed.append(placeholders(entry.plural))
    for text in entry.strings:
        if placeholders(text) not in allowed:
            yield f"placeholders differ: {entry.msgid!r} -> {text!r}"
        if entry.msgid.startswith("\n") != text.startswith("\n") or entry.msgid.endswith("\n") != text.endswith("\n"):
            yield f"line breaks at the ends differ: {entry.msgid!r}"


def placeholders(text: str) -> list[str]:
    """The placeholders of a message, in alphabetical order: a translation may turn them round."""
    return sorted(_PLACEHOLDER.findall(text.replace("%%", "")))


def not_english(found: Iterable[Entry]) -> Iterator[str]:
    """Messages that are not English words in the sources."""
    for entry in found:
        for text in (entry.msgid, entry.plural or ""):
            if not _ENGLISH.fullmatch(text):
                yield f"not English: {text!r}"

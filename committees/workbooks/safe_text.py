"""Making text safe to hand out in a table: never a formula, nothing a cell cannot hold, and every change reported."""

import re
from dataclasses import dataclass

MOST_CELL_CHARACTERS = 32_767
CUT_MARK = "…"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STARTS_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SafeText:
    """A text that may be written, and whether it differs from what was given."""

    text: str
    is_changed: bool


def clean_cell_text(text: str) -> SafeText:
    """A text as a cell of a workbook can hold it: without control characters, at most 32,767 characters."""
    kept = _UNWRITABLE.sub("", text)
    if _count_units(kept) > MOST_CELL_CHARACTERS:
        kept = _cut_units(kept, MOST_CELL_CHARACTERS - 1) + CUT_MARK
    return SafeText(kept, kept != text)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text of a CSV file for a formula.

    A plain signed number (-5, +8613800000000) is none: neutralising it would spoil figures and telephone numbers.
    """
    return bool(_STARTS_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


def neutralise_for_csv(text: str) -> SafeText:
    """A text that no spreadsheet evaluates: an apostrophe goes before what would start a formula."""
    cleaned = clean_cell_text(text)
    if starts_formula(cleaned.text):
        return SafeText("'" + cleaned.text, True)
    return cleaned


def _count_units(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units: a rare character counts twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def _cut_units(text: str, most: int) -> str:
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")

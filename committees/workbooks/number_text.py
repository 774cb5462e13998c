"""The one grammar of a typed number: cleaning its characters, then the only pattern that is ever accepted.

What this module does not accept is refused; the rules in `number_rules` only find the reason and a proposal. So a
mistake in a rule can spoil an explanation, never a figure.
"""
# Chinese text: the signs for ten thousand and a hundred million

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_CHARACTERS = 60
MOST_EXPONENT = 30

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD])
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: 0x00A5}
_SPACES = dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_APOSTROPHES = dict.fromkeys([0x2018, 0x2019, 0x02BC, 0x00B4, 0x0060], "'")
_MINUS = {0x2212: "-", 0xFE63: "-", 0xFF0D: "-"}
_TRADITIONAL = {ord("萬"): "万", ord("億"): "亿"}

_ACCEPTED = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?:(?P<grouped>[1-9][0-9]{0,2}(?P<mark>[,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)|(?P<whole>[0-9]+))?"
    r"(?:\.(?P<part>[0-9]*))?"
    r"(?:E(?P<exponent>[+-][0-9]{2,3}))?"
    r"(?: ?(?P<scale>万亿|万|亿))?"
    r"(?P<percent> ?%)?",
    re.ASCII,
)
SCALES = {"万": 4, "亿": 8, "万亿": 12}


@dataclass(frozen=True, slots=True)
class CleanText:
    """A typed text with its characters brought to ASCII, and the ids of what was changed."""

    text: str
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """A number as the grammar found it; `value` does not yet count the percent sign."""

    value: Decimal
    scale: str
    is_percent: bool
    repairs: tuple[str, ...]


def clean_text(typed: str) -> CleanText:
    """Full-width to ASCII, all spaces to one kind, invisible characters away. No other letter is touched.

    Not NFKC: that would turn 5² into 52 and ① into 1.
    """
    repairs: list[str] = []
    text = typed
    for name, table in (
        ("invisible", _INVISIBLE),
        ("minus", _MINUS),
        ("full_width", _FULL_WIDTH),
        ("spaces", _SPACES),
        ("apostrophe", _APOSTROPHES),
        ("traditional", _TRADITIONAL),
    ):
        changed = text.translate(table)
        if changed != text and name in {"invisible", "full_width", "minus", "traditional"}:
            repairs.append(name)
        text = changed
    return CleanText(text.strip(), tuple(repairs))


def parse_number(text: str) -> ParsedNumber | None:
    """The number that a cleaned text writes, or None when it is not exactly one number in the documented form."""
    match = _ACCEPTED.fullmatch(text)
    if match is None or not (match["grouped"] or match["whole"] or match["part"]):
        return None
    whole = re.sub(r"[,' ]", "", match["grouped"]) if match["grouped"] else match["whole"] or "0"
    exponent = int(match["exponent"] or 0)
    if abs(exponent) > MOST_EXPONENT:
        return None
    shift = exponent + SCALES.get(match["scale"] or "", 0)
    value = shift_point(f"{match['sign']}{whole}.{match['part'] or ''}", shift)
    return ParsedNumber(value, match["scale"] or "", bool(match["percent"]), _name_repairs(match, value))


def shift_point(digits: str, places: int) -> Decimal:
    """The exact Decimal of a plain digit string with its point moved; never rounds, never leaves an exponent."""
    whole, _point, part = digits.partition(".")
    moved = Decimal(f"{whole}{part}E{places - len(part)}")
    return Decimal(0) if not moved else Decimal(format(moved, "f"))


def write_plain(value: Decimal) -> str:
    """A Decimal as plain digits without exponent, the form every proposal has."""
    return format(value, "f")


def _name_repairs(match: re.Match[str], value: Decimal) -> tuple[str, ...]:
    found = {
        "thousands": match["grouped"],
        "plus": match["sign"] == "+",
        "zero_sign": match["sign"] == "-" and not value,
        "scientific": match["exponent"],
        "scale": match["scale"],
        "percent": match["percent"],
    }
    return tuple(name for name, seen in found.items() if seen)

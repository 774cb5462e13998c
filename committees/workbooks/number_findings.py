"""How each reason to refuse a typed number is recognised; `number_rules` gives them their names and words."""
# Chinese text: words that people type beside numbers

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils.translation import pgettext_lazy

from committees.workbooks.number_text import MOST_CHARACTERS, parse_number, shift_point, write_plain
from committees.workbooks.rulebook import Text
from committees.workbooks.units import MONEY_SIGNS, is_same_unit, name_unit

OWN_WORD = pgettext_lazy("unit", "no unit")


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule applies: the proposal if one is obvious, and what its reason wants to name."""

    proposal: str | None = None
    params: dict[str, Text] = field(default_factory=dict)


NOTHING_TO_PROPOSE = Finding()
Finder = Callable[[str, str], Finding | None]
"""(cleaned text, unit of the field) -> whether the rule applies."""


_LEADING = re.compile(r"([+-]?[0-9][0-9,.' ]*?)\s*([^0-9,.' ].*)")
_PLACEHOLDERS = {
    "-",
    "--",
    "—",
    "——",
    "/",
    "\\",
    "无",
    "暂无",
    "没有",
    "不详",
    "未知",
    "略",
    "空",
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "…",
    "……",
    ".",
    "?",
    "？",
}
APPROXIMATE = re.compile(
    r"(?:约|大约|大概|近|将近|超过|不足|不到|大于|小于|至少|最多|[≈~<>≥≤±]).*[0-9].*|.*[0-9].*(?:左右|上下|以上|以下|以内|余|多|许|\+|±.*)",
    re.DOTALL,
)
RANGE = re.compile(r"[+-]?[0-9][0-9,. ]*[^0-9]{0,4}?\s*(?:-|~|–|—|至|到)\s*[0-9][0-9,. ]*\D{0,4}")
DATE = re.compile(
    r"(?:19|20)[0-9]{2}\s*([-/.年])\s*[0-9]{1,2}(?:\s*[-/.月]\s*[0-9]{0,2})?\s*[日号]?(?:[ T].*)?"
    r"|(?:19|20)?[0-9]{2}年.*|[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
EXCEL_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|#+)", re.IGNORECASE
)
NOT_FINITE = re.compile(r"[+-]?(?:s?nan|inf(?:inity)?|∞)", re.IGNORECASE)
FORMULA = re.compile(r"=.*|[+-]?[0-9][0-9,.]*(?:\s*[-+*/×÷]\s*[0-9][0-9,.]*)+=?", re.DOTALL)
CHINESE = re.compile(r"[负]?[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点整元]+")
_LOOSE_POWER = re.compile(
    r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*(?:[eE]\s*([+-]?[0-9]{1,3})|[×xX*]\s*10\s*\^\s*([+-]?[0-9]{1,3}))"
)
_LETTERS = str.maketrans({"O": "0", "o": "0", "О": "0", "о": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "|": "1"})
_SMALL_SCALES = {"千": 3, "百": 2, "十": 1, "k": 3, "K": 3}
_MINUS_LIKE = "–—‐‑‒―ー"


def _propose(text: str) -> Finding:
    """The finding whose proposal is this text, if it now is a number; else one without a proposal."""
    parsed = parse_number(text.strip())
    return Finding(write_plain(parsed.value)) if parsed and not parsed.is_percent else NOTHING_TO_PROPOSE


def when(pattern: re.Pattern[str]) -> Finder:
    return lambda text, unit: NOTHING_TO_PROPOSE if pattern.fullmatch(text) else None


def find_overlong(text: str, unit: str) -> Finding | None:
    return Finding(params={"most": str(MOST_CHARACTERS)}) if len(text) > MOST_CHARACTERS else None


def find_placeholder(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if text.casefold() in _PLACEHOLDERS else None


def find_brackets(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"\(\s*([0-9].*)\)", text)
    return _propose(f"-{match[1]}") if match else None


def find_minus_behind(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"([0-9][0-9,.' ]*)\s*-", text)
    return _propose(f"-{match[1]}") if match else None


def find_minus_like(text: str, unit: str) -> Finding | None:
    if text[0] in _MINUS_LIKE:
        return _propose(f"-{text[1:].strip()}")
    match = re.fullmatch(r"([+-])\s+(.*)", text)
    return _propose(match[1] + match[2]) if match else None


def find_own_unit(text: str, unit: str) -> Finding | None:
    if not unit:
        return None
    if text[0] in MONEY_SIGNS and is_same_unit(unit, "元"):
        return _propose(text[1:])
    match = _LEADING.fullmatch(text)
    if match is None:
        return None
    if is_same_unit(match[2], unit):
        return _propose(match[1])
    scaled = re.fullmatch(r"(万亿|万|亿)\s*(.+)", match[2])
    if scaled and is_same_unit(scaled[2], unit):
        return _propose(match[1] + scaled[1])
    return None


def find_other_unit(text: str, unit: str) -> Finding | None:
    match = _LEADING.fullmatch(text)
    typed = text[0] if text[0] in MONEY_SIGNS + "$€" else match[2] if match else ""
    bare = re.sub(r"^(?:万亿|万|亿)", "", typed)
    if (
        typed
        and typed not in {"万", "亿", "万亿"}
        and (name_unit(typed) or name_unit(bare) or typed in MONEY_SIGNS + "$€‰")
    ):
        return Finding(params={"typed": typed, "unit": unit or OWN_WORD})
    return None


def find_double_scale(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"(.*?)\s*(万|亿)", text)
    if match and unit.startswith(match[2]):
        found = _propose(match[1])
        return Finding(found.proposal, {"unit": unit, "typed": match[2]})
    return None


def find_small_scale(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*([千百十kK])", text)
    return Finding(write_plain(shift_point(match[1], _SMALL_SCALES[match[2]]))) if match else None


def find_letters(text: str, unit: str) -> Finding | None:
    if not re.search(r"[0-9]", text) or text.translate(_LETTERS) == text:
        return None
    found = _propose(text.translate(_LETTERS))
    letters = "".join(dict.fromkeys(char for char in text if ord(char) in _LETTERS))
    return Finding(found.proposal, {"letter": letters}) if found.proposal else None


def find_stop(text: str, unit: str) -> Finding | None:
    if not re.fullmatch(r"[+-]?[0-9][0-9,]*[。·・][0-9]+", text):
        return None
    return _propose(re.sub("[。·・]", ".", text))


def find_loose_power(text: str, unit: str) -> Finding | None:
    match = _LOOSE_POWER.fullmatch(text)
    if match is None:
        return None
    power = int(match[2] or match[3])
    return Finding(write_plain(shift_point(match[1], power)) if abs(power) <= 15 else None)


def find_several(text: str, unit: str) -> Finding | None:
    parts = [part for part in re.split(r"[;、\n\r\t|]|, ", text) if part.strip()]
    return NOTHING_TO_PROPOSE if len(parts) > 1 and all(re.search("[0-9]", part) for part in parts) else None


def find_mixed_marks(text: str, unit: str) -> Finding | None:
    figures = re.fullmatch(r"[+-]?[0-9][0-9,.' ]*", text)
    return NOTHING_TO_PROPOSE if figures and len(set(re.findall(r"[,.' ]", text))) > 1 else None


def find_two_points(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if re.fullmatch(r"[+-]?[0-9.]+", text) and text.count(".") > 1 else None


def find_other_digits(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if any(char.isnumeric() and not char.isascii() for char in text) else None


def find_comma(text: str, unit: str) -> Finding | None:
    figures = re.fullmatch(r"[+-]?[0-9,']+", text)
    return NOTHING_TO_PROPOSE if figures and re.search("[,']", text) else None


def find_space(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if re.fullmatch(r"[+-]?[0-9][0-9. ]*", text) and " " in text else None


def find_anything(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE


def find_nothing(text: str, unit: str) -> Finding | None:
    """For rules about values, which are asked after a number was read."""
    return None


def round_to(value: Decimal, decimals: int) -> str:
    """A proposal: the value rounded half up to so many decimals, as plain digits."""
    with localcontext(prec=80):
        return write_plain(value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))

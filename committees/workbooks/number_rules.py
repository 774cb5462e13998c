"""Why a typed text is not taken as a number: one rule object for each reason, in the order in which they are asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .number_text import MOST_CHARACTERS, parse_number, shift_point, write_plain
from .rulebook import Example, Rule, Text
from .units import MONEY_SIGNS, is_same_unit, name_unit

OWN_WORD = pgettext_lazy("unit", "no unit")


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule applies: the proposal if one is obvious, and what its reason wants to name."""

    proposal: str | None = None
    params: dict[str, Text] = field(default_factory=dict)


NOTHING_TO_PROPOSE = Finding()
Finder = Callable[[str, str], Finding | None]
"""(cleaned text, unit of the field) -> whether the rule applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRule(Rule):
    """A reason to refuse a typed text. `reason` is shown beside the cell; braces in it are filled by the finding."""

    reason: Text
    finds: Finder = lambda text, unit: None


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
_APPROXIMATE = re.compile(
    r"(?:约|大约|大概|近|将近|超过|不足|不到|大于|小于|至少|最多|[≈~<>≥≤±]).*[0-9].*|.*[0-9].*(?:左右|上下|以上|以下|以内|余|多|许|\+|±.*)",
    re.DOTALL,
)
_RANGE = re.compile(r"[+-]?[0-9][0-9,. ]*[^0-9]{0,4}?\s*(?:-|~|–|—|至|到)\s*[0-9][0-9,. ]*\D{0,4}")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}\s*([-/.年])\s*[0-9]{1,2}(?:\s*[-/.月]\s*[0-9]{0,2})?\s*[日号]?(?:[ T].*)?"
    r"|(?:19|20)?[0-9]{2}年.*|[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_EXCEL_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|#+)", re.IGNORECASE
)
_NOT_FINITE = re.compile(r"[+-]?(?:s?nan|inf(?:inity)?|∞)", re.IGNORECASE)
_FORMULA = re.compile(r"=.*|[+-]?[0-9][0-9,.]*(?:\s*[-+*/×÷]\s*[0-9][0-9,.]*)+=?", re.DOTALL)
_CHINESE = re.compile(r"[负]?[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点整元]+")
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


def _when(pattern: re.Pattern[str]) -> Finder:
    return lambda text, unit: NOTHING_TO_PROPOSE if pattern.fullmatch(text) else None


def _find_overlong(text: str, unit: str) -> Finding | None:
    return Finding(params={"most": str(MOST_CHARACTERS)}) if len(text) > MOST_CHARACTERS else None


def _find_placeholder(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if text.casefold() in _PLACEHOLDERS else None


def _find_brackets(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"\(\s*([0-9].*)\)", text)
    return _propose(f"-{match[1]}") if match else None


def _find_minus_behind(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"([0-9][0-9,.' ]*)\s*-", text)
    return _propose(f"-{match[1]}") if match else None


def _find_minus_like(text: str, unit: str) -> Finding | None:
    if text[0] in _MINUS_LIKE:
        return _propose(f"-{text[1:].strip()}")
    match = re.fullmatch(r"([+-])\s+(.*)", text)
    return _propose(match[1] + match[2]) if match else None


def _find_own_unit(text: str, unit: str) -> Finding | None:
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


def _find_other_unit(text: str, unit: str) -> Finding | None:
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


def _find_double_scale(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"(.*?)\s*(万|亿)", text)
    if match and unit.startswith(match[2]):
        found = _propose(match[1])
        return Finding(found.proposal, {"unit": unit, "typed": match[2]})
    return None


def _find_small_scale(text: str, unit: str) -> Finding | None:
    match = re.fullmatch(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*([千百十kK])", text)
    return Finding(write_plain(shift_point(match[1], _SMALL_SCALES[match[2]]))) if match else None


def _find_letters(text: str, unit: str) -> Finding | None:
    if not re.search(r"[0-9]", text) or text.translate(_LETTERS) == text:
        return None
    found = _propose(text.translate(_LETTERS))
    return found if found.proposal else None


def _find_stop(text: str, unit: str) -> Finding | None:
    if not re.fullmatch(r"[+-]?[0-9][0-9,]*[。·・][0-9]+", text):
        return None
    return _propose(re.sub("[。·・]", ".", text))


def _find_loose_power(text: str, unit: str) -> Finding | None:
    match = _LOOSE_POWER.fullmatch(text)
    if match is None:
        return None
    power = int(match[2] or match[3])
    return Finding(write_plain(shift_point(match[1], power)) if abs(power) <= 15 else None)


def _find_several(text: str, unit: str) -> Finding | None:
    parts = [part for part in re.split(r"[;、\n\r\t|]|, ", text) if part.strip()]
    return NOTHING_TO_PROPOSE if len(parts) > 1 and all(re.search("[0-9]", part) for part in parts) else None


def _find_mixed_marks(text: str, unit: str) -> Finding | None:
    figures = re.fullmatch(r"[+-]?[0-9][0-9,.' ]*", text)
    return NOTHING_TO_PROPOSE if figures and len(set(re.findall(r"[,.' ]", text))) > 1 else None


def _find_two_points(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if re.fullmatch(r"[+-]?[0-9.]+", text) and text.count(".") > 1 else None


def _find_other_digits(text: str, unit: str) -> Finding | None:
    return NOTHING_TO_PROPOSE if any(char.isnumeric() and not char.isascii() for char in text) else None


def _rule(id: str, name: Text, advice: Text, reason: Text, finds: Finder, *examples: Example) -> NumberRule:
    return NumberRule(id=id, name=name, advice=advice, reason=reason, finds=finds, examples=examples)


TEXT_RULES: tuple[NumberRule, ...] = (
    _rule(
        "overlong",
        _("Far too long"),
        _("Write the figure alone in its cell."),
        _("More than {most} characters: this cannot be one figure."),
        _find_overlong,
        Example("1" * 61),
    ),
    _rule(
        "excel_error",
        _("Error of a formula"),
        _("Mend the formula, or write the figure itself."),
        _("The cell shows an error of a formula instead of a figure."),
        _when(_EXCEL_ERROR),
        Example("#DIV/0!"),
        Example("#REF!"),
        Example("#N/A"),
        Example("########"),
    ),
    _rule(
        "not_finite",
        _("No finite number"),
        _("Leave the cell empty when there is no figure."),
        _("This is no figure that could be counted with."),
        _when(_NOT_FINITE),
        Example("NaN"),
        Example("-Infinity"),
        Example("∞"),
    ),
    _rule(
        "placeholder",
        _("A word for nothing"),
        _("Leave the cell empty when there is no figure; write 0 when it is zero."),
        _("No figure: leave the cell empty when there is none, write 0 when it is zero."),
        _find_placeholder,
        Example("无"),
        Example("—"),
        Example("/"),
        Example("N/A"),
    ),
    _rule(
        "date",
        _("A date or a time"),
        _("Check that the column is the right one; write the figure."),
        _("This reads as a date or a time, not as a figure."),
        _when(_DATE),
        Example("2026-03-01"),
        Example("2026年3月"),
        Example("3月5日"),
        Example("12:30"),
    ),
    _rule(
        "approximate",
        _("An estimate"),
        _("Write the exact figure; the word for about has no place in a return."),
        _("An estimate is not taken: write the exact figure."),
        _when(_APPROXIMATE),
        Example("约100"),
        Example("100左右"),
        Example(">100"),
        Example("100多"),
    ),
    _rule(
        "range",
        _("From and to"),
        _("Write one figure."),
        _("Two figures, from and to: write the one that holds."),
        _when(_RANGE),
        Example("100-120"),
        Example("100~120"),
        Example("100至120"),
    ),
    _rule(
        "formula",
        _("A sum typed as text"),
        _("Put = before it in the workbook, or write the result."),
        _("A calculation typed as text: write its result."),
        _when(_FORMULA),
        Example("=A1+B1"),
        Example("100+200"),
        Example("3/4"),
    ),
    _rule(
        "brackets",
        _("Brackets for a minus"),
        _("Write a minus before the number. Brackets may also be a remark, so they are never taken for one."),
        _("Brackets are not taken for a minus: write the minus itself."),
        _find_brackets,
        Example("(123)", "-123"),
        Example("（1,234.5）", "-1234.5"),
    ),
    _rule(
        "minus_behind",
        _("Minus behind the number"),
        _("Write the minus before the number."),
        _("The minus stands behind the number."),
        _find_minus_behind,
        Example("5-", "-5"),
    ),
    _rule(
        "minus_like",
        _("A dash in place of a minus"),
        _("Write the minus of the keyboard, without a space behind it."),
        _("A dash or a loose sign stands where a minus should."),
        _find_minus_like,
        Example("—5", "-5"),
        Example("–0.34", "-0.34"),
        Example("- 5", "-5"),
    ),
    _rule(
        "own_unit",
        _("Unit behind the number"),
        _("Write the number alone; the unit stands in the head of the table."),
        _("A unit is written with the number."),
        _find_own_unit,
        Example("86400立方米", "86400", "m³"),
        Example("1.2万kWh", "12000", "kWh"),
        Example("¥120", "120", "元"),
    ),
    _rule(
        "other_unit",
        _("Another unit"),
        _("Convert the figure to the unit of the field; nothing is converted silently."),
        _("Written in “{typed}”, but counted here in “{unit}”. Convert it first."),
        _find_other_unit,
        Example("12吨", None, "m³"),
        Example("3MWh", None, "kWh"),
        Example("12%", None, "m³"),
        Example("$5", None, "元"),
    ),
    _rule(
        "double_scale",
        _("Ten thousands twice"),
        _("The unit already counts in ten thousands: write the number alone."),
        _("The unit is already “{unit}”; another “{typed}” can be read in two ways."),
        _find_double_scale,
        Example("1.2万", "1.2", "万元"),
        Example("3亿", "3", "亿元"),
    ),
    _rule(
        "small_scale",
        _("Hundreds and thousands as a word"),
        _("Write the digits; only 万 and 亿 are read."),
        _("Only 万 and 亿 are read behind a number."),
        _find_small_scale,
        Example("3千", "3000"),
        Example("2.5k", "2500"),
    ),
    _rule(
        "letters",
        _("A letter in place of a digit"),
        _("Type the digit."),
        _("A letter stands where a digit should: the letter O for zero, or l for one."),
        _find_letters,
        Example("58,3OO", "58300"),
        Example("1o5", "105"),
        Example("20l9", "2019"),
    ),
    _rule(
        "stop",
        _("Full stop in place of a point"),
        _("Type the decimal point."),
        _("A Chinese full stop or middle dot stands where the decimal point should."),
        _find_stop,
        Example("123。5", "123.5"),
        Example("12·5", "12.5"),
    ),
    _rule(
        "chinese",
        _("Number in Chinese characters"),
        _("Write digits."),
        _("Written in Chinese characters: write digits."),
        _when(_CHINESE),
        Example("一百二十"),
        Example("叁万元整"),
    ),
    _rule(
        "power",
        _("Power of ten"),
        _("Write all digits. Only the form that Excel itself writes is read, such as 1.5E+05."),
        _("A power of ten: write all digits."),
        _find_loose_power,
        Example("1e5", "100000"),
        Example("1.2×10^4", "12000"),
    ),
    _rule(
        "several",
        _("Several numbers"),
        _("One cell holds one figure: write their sum, or give each its row."),
        _("Several numbers stand in one cell."),
        _find_several,
        Example("1234；5678"),
        Example("100、200"),
    ),
    _rule(
        "mixed_marks",
        _("Point and comma in doubt"),
        _("The point is the decimal sign, the comma parts thousands. Write 1234.5 or 1,234.5."),
        _("Point, comma and space can be read in two ways: write it like 1234.5."),
        _find_mixed_marks,
        Example("1.234,5"),
        Example("1,234 567"),
        Example("1,23.5"),
    ),
    _rule(
        "two_points",
        _("Two decimal points"),
        _("One number has one decimal point."),
        _("There are two decimal points."),
        _find_two_points,
        Example("1.234.567"),
        Example("12..5"),
    ),
    _rule(
        "comma",
        _("Comma not at a thousand"),
        _("A comma parts thousands, three digits at a time; the decimal sign is the point."),
        _("The comma does not part thousands: it may be a decimal point or a slip."),
        lambda text, unit: (
            NOTHING_TO_PROPOSE if re.fullmatch(r"[+-]?[0-9,']+", text) and re.search("[,']", text) else None
        ),
        Example("1,23"),
        Example("1,2345"),
        Example("0,123"),
        Example("1,234,56"),
    ),
    _rule(
        "space",
        _("Space inside the number"),
        _("Write the digits together, or part them in threes."),
        _("A space parts the digits, but not in threes: perhaps two numbers."),
        lambda text, unit: NOTHING_TO_PROPOSE if re.fullmatch(r"[+-]?[0-9][0-9. ]*", text) and " " in text else None,
        Example("12 3"),
        Example("1 2345"),
    ),
    _rule(
        "other_digits",
        _("Digits of another script"),
        _("Type the digits 0 to 9."),
        _("There are digits other than 0 to 9 in it."),
        _find_other_digits,
        Example("٣٤"),
        Example("5²"),
        Example("①"),
    ),
    _rule(
        "text",
        _("Not a number"),
        _("Write the figure alone: digits, a point, a minus if need be."),
        _("This is not a number."),
        lambda text, unit: NOTHING_TO_PROPOSE,
        Example("见附件"),
        Example("0x10"),
        Example("1_000"),
        Example("12人左右吧"),
    ),
)


def find_reason(text: str, unit: str) -> tuple[NumberRule, Finding]:
    """The first rule that explains a cleaned text which the grammar did not accept; the last rule always does."""
    for rule in TEXT_RULES:
        found = rule.finds(text, unit)
        if found is not None:
            return rule, found
    raise AssertionError("the last rule applies to every text")


def _rule_of_value(id: str, name: Text, advice: Text, reason: Text, *examples: Example) -> NumberRule:
    return NumberRule(id=id, name=name, advice=advice, reason=reason, examples=examples)


TOO_LARGE = _rule_of_value(
    "too_large",
    _("Too many digits"),
    _("Check the unit: no figure of a school has so many digits."),
    _("More than {most} digits before the decimal point."),
    Example("1234567890123456"),
)
TOO_FINE = _rule_of_value(
    "too_fine",
    _("Too many decimals"),
    _("Round it yourself to the decimals the field takes; nothing is rounded silently."),
    _("More than {most} decimals."),
    Example("0.1234567", "0.123457"),
)
BELOW = _rule_of_value(
    "below",
    _("Below the least"),
    _("Check the sign and the figure."),
    _("Must not be less than {least}."),
    Example("-0.34"),
)
ABOVE = _rule_of_value(
    "above",
    _("Above the most"),
    _("Check the figure and its unit."),
    _("Must not be more than {most}."),
    Example("101", None, "%"),
)
PRECISION_LOST = _rule_of_value(
    "precision_lost",
    _("Digits lost in Excel"),
    _("Excel keeps 15 digits. Format the cell as text and type the figure again, or round the formula."),
    _("Excel keeps only 15 digits; the last digits of this figure are no longer certain."),
    Example("0.30000000000000004", "0.3"),
    Example("12345678901234567"),
)
BOOLEAN = _rule_of_value(
    "boolean",
    _("True or false"),
    _("Write the figure."),
    _("The cell holds true or false, not a figure."),
    Example("TRUE"),
)
DATE_CELL = _rule_of_value(
    "date_cell",
    _("Cell formatted as a date"),
    _("Set the cell's format to number and type the figure again."),
    _("The cell is formatted as a date or a time. Set its format to number and type it again."),
    Example("1900-01-05"),
)
VALUE_RULES = (TOO_LARGE, TOO_FINE, BELOW, ABOVE, PRECISION_LOST, BOOLEAN, DATE_CELL)
REFUSALS: tuple[NumberRule, ...] = (*TEXT_RULES, *VALUE_RULES)

TOLERANCES: tuple[Rule, ...] = (
    Rule(
        "blank",
        _("Empty"),
        _("An empty cell means not given. It is never taken as zero."),
        (Example("", None), Example("   ", None)),
    ),
    Rule(
        "full_width",
        _("Full-width characters"),
        _("Read like plain ones."),
        (Example("１２３４．５", "1234.5"), Example("12３", "123")),
    ),
    Rule("invisible", _("Invisible characters"), _("Left out."), (Example("\u200b123\ufeff", "123"),)),
    Rule(
        "thousands",
        _("Marks between thousands"),
        _("Comma, space, thin space or apostrophe, three digits at a time, one kind in a number."),
        (
            Example("1,234.5", "1234.5"),
            Example("1，234", "1234"),
            Example("1 234 567", "1234567"),
            Example("1'234", "1234"),
        ),
    ),
    Rule("minus", _("Three kinds of minus"), _("Read alike."), (Example("−5", "-5"), Example("－5", "-5"))),
    Rule("plus", _("A plus before it"), _("Left out."), (Example("+5", "5"),)),
    Rule("zero_sign", _("Minus before zero"), _("Left out."), (Example("-0", "0"),)),
    Rule("traditional", _("Traditional 萬 and 億"), _("Read like the simplified ones."), (Example("1.2萬", "12000"),)),
    Rule(
        "scale",
        _("万 and 亿 behind it"),
        _("Multiplied exactly."),
        (Example("1.2万", "12000"), Example("3亿", "300000000")),
    ),
    Rule(
        "percent",
        _("Percent sign"),
        _("Kept as it is where the field counts in percent; a hundredth where the field has no unit."),
        (Example("12.5%", "12.5", "%"), Example("12.5%", "0.125")),
    ),
    Rule(
        "scientific",
        _("Excel's own notation"),
        _("Read as written. A copied cell may show fewer digits than it holds: look at it again."),
        (Example("1.5E+05", "150000"), Example("2E-03", "0.002")),
    ),
)


def round_to(value: Decimal, decimals: int) -> str:
    """A proposal: the value rounded half up to so many decimals, as plain digits."""
    with localcontext(prec=80):
        return write_plain(value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))

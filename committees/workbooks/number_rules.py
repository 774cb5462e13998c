"""Why a typed text is not taken as a number: one rule object for each reason, in the order in which they are asked."""
# Chinese text: examples of what people type

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from committees.workbooks.number_findings import (
    APPROXIMATE,
    CHINESE,
    DATE,
    EXCEL_ERROR,
    FORMULA,
    NOT_FINITE,
    RANGE,
    Finder,
    Finding,
    find_anything,
    find_brackets,
    find_comma,
    find_double_scale,
    find_letters,
    find_loose_power,
    find_minus_behind,
    find_minus_like,
    find_mixed_marks,
    find_nothing,
    find_other_digits,
    find_other_unit,
    find_overlong,
    find_own_unit,
    find_placeholder,
    find_several,
    find_small_scale,
    find_space,
    find_stop,
    find_two_points,
    when,
)
from committees.workbooks.rulebook import Example, Rule, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRule(Rule):
    """A reason to refuse a typed text. `reason` is shown beside the cell; braces in it are filled by the finding."""

    reason: Text
    finds: Finder


def _rule(id: str, name: Text, advice: Text, reason: Text, finds: Finder, *examples: Example) -> NumberRule:
    return NumberRule(id=id, name=name, advice=advice, reason=reason, finds=finds, examples=examples)


TEXT_RULES: tuple[NumberRule, ...] = (
    _rule(
        "overlong",
        _("Far too long"),
        _("Write the figure alone in its cell."),
        _("More than {most} characters: this cannot be one figure."),
        find_overlong,
        Example("1" * 61),
    ),
    _rule(
        "excel_error",
        _("Error of a formula"),
        _("Mend the formula, or write the figure itself."),
        _("The cell shows an error of a formula instead of a figure."),
        when(EXCEL_ERROR),
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
        when(NOT_FINITE),
        Example("NaN"),
        Example("-Infinity"),
        Example("∞"),
    ),
    _rule(
        "placeholder",
        _("A word for nothing"),
        _("Leave the cell empty when there is no figure; write 0 when it is zero."),
        _("No figure: leave the cell empty when there is none, write 0 when it is zero."),
        find_placeholder,
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
        when(DATE),
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
        when(APPROXIMATE),
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
        when(RANGE),
        Example("100-120"),
        Example("100~120"),
        Example("100至120"),
    ),
    _rule(
        "formula",
        _("A sum typed as text"),
        _("Put = before it in the workbook, or write the result."),
        _("A calculation typed as text: write its result."),
        when(FORMULA),
        Example("=A1+B1"),
        Example("100+200"),
        Example("3/4"),
    ),
    _rule(
        "brackets",
        _("Brackets for a minus"),
        _("Write a minus before the number. Brackets may also be a remark, so they are never taken for one."),
        _("Brackets are not taken for a minus: write the minus itself."),
        find_brackets,
        Example("(123)", "-123"),
        Example("（1,234.5）", "-1234.5"),
    ),
    _rule(
        "minus_behind",
        _("Minus behind the number"),
        _("Write the minus before the number."),
        _("The minus stands behind the number."),
        find_minus_behind,
        Example("5-", "-5"),
    ),
    _rule(
        "minus_like",
        _("A dash in place of a minus"),
        _("Write the minus of the keyboard, without a space behind it."),
        _("A dash or a loose sign stands where a minus should."),
        find_minus_like,
        Example("—5", "-5"),
        Example("–0.34", "-0.34"),
        Example("- 5", "-5"),
    ),
    _rule(
        "own_unit",
        _("Unit behind the number"),
        _("Write the number alone; the unit stands in the head of the table."),
        _("A unit is written with the number."),
        find_own_unit,
        Example("86400立方米", "86400", "m³"),
        Example("1.2万kWh", "12000", "kWh"),
        Example("¥120", "120", "元"),
    ),
    _rule(
        "other_unit",
        _("Another unit"),
        _("Convert the figure to the unit of the field; nothing is converted silently."),
        _("Written in “{typed}”, but counted here in “{unit}”. Convert it first."),
        find_other_unit,
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
        find_double_scale,
        Example("1.2万", "1.2", "万元"),
        Example("3亿", "3", "亿元"),
    ),
    _rule(
        "small_scale",
        _("Hundreds and thousands as a word"),
        _("Write the digits; only wan and yi, ten thousand and a hundred million, are read."),
        _("Only wan and yi are read behind a number."),
        find_small_scale,
        Example("3千", "3000"),
        Example("2.5k", "2500"),
    ),
    _rule(
        "letters",
        _("A letter in place of a digit"),
        _("Type the digit."),
        _("“{letter}” is a letter, not a digit."),
        find_letters,
        Example("58,3OO", "58300"),
        Example("1o5", "105"),
        Example("20l9", "2019"),
    ),
    _rule(
        "stop",
        _("Full stop in place of a point"),
        _("Type the decimal point."),
        _("A Chinese full stop or middle dot stands where the decimal point should."),
        find_stop,
        Example("123。5", "123.5"),
        Example("12·5", "12.5"),
    ),
    _rule(
        "chinese",
        _("Number in Chinese characters"),
        _("Write digits."),
        _("Written in Chinese characters: write digits."),
        when(CHINESE),
        Example("一百二十"),
        Example("叁万元整"),
    ),
    _rule(
        "power",
        _("Power of ten"),
        _("Write all digits. Only the form that Excel itself writes is read, such as 1.5E+05."),
        _("A power of ten: write all digits."),
        find_loose_power,
        Example("1e5", "100000"),
        Example("1.2×10^4", "12000"),
    ),
    _rule(
        "several",
        _("Several numbers"),
        _("One cell holds one figure: write their sum, or give each its row."),
        _("Several numbers stand in one cell."),
        find_several,
        Example("1234；5678"),
        Example("100、200"),
    ),
    _rule(
        "mixed_marks",
        _("Point and comma in doubt"),
        _("The point is the decimal sign, the comma parts thousands. Write 1234.5 or 1,234.5."),
        _("Point, comma and space can be read in two ways: write it like 1234.5."),
        find_mixed_marks,
        Example("1.234,5"),
        Example("1,234 567"),
        Example("1,23.5"),
    ),
    _rule(
        "two_points",
        _("Two decimal points"),
        _("One number has one decimal point."),
        _("There are two decimal points."),
        find_two_points,
        Example("1.234.567"),
        Example("12..5"),
    ),
    _rule(
        "comma",
        _("Comma not at a thousand"),
        _("A comma parts thousands, three digits at a time; the decimal sign is the point."),
        _("The comma does not part thousands: it may be a decimal point or a slip."),
        find_comma,
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
        find_space,
        Example("12 3"),
        Example("1 2345"),
    ),
    _rule(
        "other_digits",
        _("Digits of another script"),
        _("Type the digits 0 to 9."),
        _("There are digits other than 0 to 9 in it."),
        find_other_digits,
        Example("٣٤"),
        Example("5²"),
        Example("①"),
    ),
    _rule(
        "text",
        _("Not a number"),
        _("Write the figure alone: digits, a point, a minus if need be."),
        _("This is not a number."),
        find_anything,
        Example("见附件"),
        Example("0x10"),
        Example("1_000"),
        Example("12人左右吧"),
    ),
)


EXCEL_ERROR_RULE = next(rule for rule in TEXT_RULES if rule.id == "excel_error")


def find_reason(text: str, unit: str) -> tuple[NumberRule, Finding]:
    """The first rule that explains a cleaned text which the grammar did not accept; the last rule always does."""
    for rule in TEXT_RULES:
        found = rule.finds(text, unit)
        if found is not None:
            return rule, found
    raise AssertionError("the last rule applies to every text")


def _rule_of_value(id: str, name: Text, advice: Text, reason: Text, *examples: Example) -> NumberRule:
    return _rule(id, name, advice, reason, find_nothing, *examples)


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

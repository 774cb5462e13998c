"""Reading one number as people type it: an exact Decimal, "not given", or a precise refusal with a proposal.

Nothing is guessed and nothing is rounded silently; a float never becomes a figure by its binary value.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final

from django.utils.text import format_lazy

from committees.workbooks.number_findings import NOTHING_TO_PROPOSE, Finding, round_to
from committees.workbooks.number_rules import (
    ABOVE,
    BELOW,
    BOOLEAN,
    DATE_CELL,
    PRECISION_LOST,
    TOO_FINE,
    TOO_LARGE,
    NumberRule,
    find_reason,
)
from committees.workbooks.number_text import (
    MOST_CHARACTERS,
    SCALES,
    ParsedNumber,
    clean_text,
    parse_number,
    shift_point,
    write_plain,
)
from committees.workbooks.rulebook import Text

DIGITS_OF_EXCEL: Final = 15
LARGEST_EXACT_FLOAT: Final = 2**53

Typed = str | int | float | Decimal | bool | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class NumberSpec:
    """What a field takes: its unit, the digits before and behind the point, the least and the most."""

    unit: str = ""
    digits: int = 15
    decimals: int = 6
    minimum: Decimal | None = None
    maximum: Decimal | None = None


ANY_NUMBER = NumberSpec()


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that was read. `value` None: not given. `repairs`: ids of the tolerances that were used."""

    value: Decimal | None
    source: str
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is no number: `code` is the rule's id, `message` lazy, `proposal` plain digits that would be read."""

    code: str
    message: Text
    source: str
    proposal: str | None = None


def read_number(typed: Typed, spec: NumberSpec = ANY_NUMBER) -> Reading | Refusal:
    """Read what a person typed or a cell holds, by the rules in `number_rules`.

    A `float` must come from a workbook's cell: it is taken at its shortest decimal form, so 0.1 is Decimal("0.1").
    """
    if typed is None:
        return Reading(None, "")
    if isinstance(typed, bool):
        return _refuse(BOOLEAN, "TRUE" if typed else "FALSE")
    if isinstance(typed, date | time | timedelta):
        return _refuse(DATE_CELL, str(typed))
    if isinstance(typed, float):
        return _read_float(typed, spec)
    if isinstance(typed, int | Decimal):
        return _read_text(format(typed, "f") if isinstance(typed, Decimal) else str(typed), spec)
    return _read_text(typed, spec)


def read_percent_cell(held: float, spec: NumberSpec = ANY_NUMBER) -> Reading | Refusal:
    """Read a cell that Excel shows with a percent sign: 0.12 held is 12% shown, and is read as that text."""
    shown = _read_float(held, NumberSpec())
    if isinstance(shown, Refusal) or shown.value is None:
        return shown
    return _read_text(f"{write_plain(shift_point(str(shown.value), 2))}%", spec)


def _read_text(typed: str, spec: NumberSpec) -> Reading | Refusal:
    cleaned = clean_text(typed)
    if not cleaned.text:
        return Reading(None, typed)
    parsed = parse_number(cleaned.text) if len(cleaned.text) <= MOST_CHARACTERS else None
    if parsed is None or _is_against_unit(parsed, spec.unit):
        rule, found = find_reason(cleaned.text, spec.unit)
        return _refuse(rule, typed, _keep_readable(found, spec))
    value = shift_point(write_plain(parsed.value), -2) if parsed.is_percent and spec.unit != "%" else parsed.value
    return _check_value(value, typed, spec) or Reading(value, typed, cleaned.repairs + parsed.repairs)


def _read_float(held: float, spec: NumberSpec) -> Reading | Refusal:
    """A float of a workbook's cell at its shortest decimal form, refused where Excel has lost digits."""
    shortest = Decimal(repr(held))
    if not shortest.is_finite():
        return _read_text(repr(held), spec)
    source = write_plain(shortest).removesuffix(".0")
    value = shift_point(source, 0)
    if abs(value) > LARGEST_EXACT_FLOAT:
        return _refuse(PRECISION_LOST, source)
    if len(shortest.normalize().as_tuple().digits) > DIGITS_OF_EXCEL:
        rounded = write_plain(Decimal(f"{held:.15g}"))
        proposal = None if held == int(held) else rounded
        return _refuse(PRECISION_LOST, source, _keep_readable(Finding(proposal), spec))
    return _check_value(value, source, spec) or Reading(value, source)


def _is_against_unit(parsed: ParsedNumber, unit: str) -> bool:
    """Whether a percent sign or a 万 stands where the field's own unit makes it mean something else."""
    if parsed.is_percent:
        return unit not in {"", "%"}
    return bool(parsed.scale) and unit.startswith(tuple(SCALES))


def _check_value(value: Decimal, typed: str, spec: NumberSpec) -> Refusal | None:
    if abs(value) >= Decimal(10) ** spec.digits:
        return _refuse(TOO_LARGE, typed, Finding(params={"most": str(spec.digits)}))
    if _count_decimals(value) > spec.decimals:
        found = Finding(round_to(value, spec.decimals), {"most": str(spec.decimals)})
        return _refuse(TOO_FINE, typed, _keep_readable(found, spec))
    if spec.minimum is not None and value < spec.minimum:
        return _refuse(BELOW, typed, Finding(params={"least": write_plain(spec.minimum)}))
    if spec.maximum is not None and value > spec.maximum:
        return _refuse(ABOVE, typed, Finding(params={"most": write_plain(spec.maximum)}))
    return None


def _count_decimals(value: Decimal) -> int:
    """Decimals that carry something; by text, because `normalize` would round to the context's precision."""
    return len(write_plain(value).partition(".")[2].rstrip("0"))


def _keep_readable(found: Finding, spec: NumberSpec) -> Finding:
    """Drop a proposal that would itself be refused, so that pressing it always helps."""
    if found.proposal is None or isinstance(read_number(found.proposal, spec), Reading):
        return found
    return Finding(None, found.params)


def _refuse(rule: NumberRule, source: str, found: Finding = NOTHING_TO_PROPOSE) -> Refusal:
    message = format_lazy(rule.reason, **found.params) if found.params else rule.reason
    return Refusal(rule.id, message, source, found.proposal)

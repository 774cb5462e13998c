"""From what a person typed to an entry, and back: units, exact factors, refusals that keep what was typed. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from committees.filings.answers import Answer, Entry, Finding, Severity, plain
from committees.filings.schema import Indicator
from committees.filings.text_values import read_text, text_fault
from committees.workbooks.numbers import NumberSpec, Refusal, read_number

UNREAD = "F01"
"""Rule of the filing room itself: something was typed that is no number."""


def spec_of(indicator: Indicator, unit: str) -> NumberSpec:
    """What a field in this unit takes: 12.345678万kWh is 123456.78 kWh, so the larger unit may have more decimals."""
    factor = Decimal(indicator.units.get(unit, "1"))
    more = max(factor.adjusted(), 0) if factor == Decimal(1).scaleb(factor.adjusted()) else 4
    return NumberSpec(unit=unit, decimals=indicator.decimals + more)


def read_entry(indicator: Indicator, typed: str, unit: str, *, note: str = "", origin: str = "typed") -> Entry:
    """The entry for a typed text. What cannot be read is kept as typed, with no value."""
    if not indicator.is_number:
        return Entry(None, read_text(indicator.answers, typed), "", note, origin if typed.strip() else "")
    chosen = unit if unit in indicator.units else indicator.unit
    shown_unit = chosen if chosen != indicator.unit else ""
    read = read_number(typed, spec_of(indicator, chosen))
    if isinstance(read, Refusal):
        return Entry(None, typed, shown_unit, note, origin)
    if read.value is None:
        return Entry(None, "", shown_unit, note, "")
    value = Decimal(plain(read.value * Decimal(indicator.units.get(chosen, "1"))))
    return Entry(value, typed.strip(), shown_unit, note, origin)


def refusal_in(indicator: Indicator, entry: Entry | None) -> Refusal | None:
    """Why what was typed is no number, or no such text; None where it is, or nothing is there."""
    if entry is None or entry.value is not None or not entry.source.strip():
        return None
    if not indicator.is_number:
        wrong = text_fault(indicator.answers, entry.source)
        return Refusal(UNREAD, wrong, entry.source) if wrong else None
    unit = entry.unit if entry.unit in indicator.units else indicator.unit
    read = read_number(entry.source, spec_of(indicator, unit))
    return read if isinstance(read, Refusal) else None


def unread_findings(answer: Answer) -> Iterator[Finding]:
    """A fault for every entry that holds a text but no value: such a return is never filed."""
    for indicator in answer.form.indicators():
        refusal = refusal_in(indicator, answer.entries.get(indicator.code))
        if refusal is not None:
            yield Finding(UNREAD, Severity.FAULT, indicator.code, refusal.message, refusal.proposal or "")

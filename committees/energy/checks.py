"""Rules that look at an energy return before a person does: each an object with id, name, advice and example rows.

Ranges are proposals of the portal (soft: ask for a sentence; hard: stop), not limits of any standard.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from committees.energy.figures import quotient
from committees.filings.answers import Answer, Finding, Severity, plain
from committees.filings.presenting import written
from committees.filings.schema import Indicator

Found = Iterator[tuple[str, str | Promise]]


@dataclass(frozen=True)
class Rule:
    """A rule: what it looks for, why, and rows (values by indicator) that it finds (`bad`) and leaves alone (`good`)."""

    id: str
    name: str | Promise
    advice: str | Promise
    severity: Severity
    look: Callable[[Answer], Found]
    good: Mapping[str, Any]
    bad: Mapping[str, Any]


def _required(answer: Answer) -> Found:
    for item in answer.form.indicators():
        if item.required and answer.value(item.code) is None:
            yield item.code, _("Fill this in; write 0 if there is none.")


def _negative(answer: Answer) -> Found:
    for item, value in _values(answer):
        if value < 0:
            yield item.code, _("Must not be negative. Subtract a refund from the quantity of its own period.")


def _places(answer: Answer) -> Found:
    for item, value in _values(answer):
        if value != round(value, item.decimals):
            places = (
                _("a whole number") if item.decimals == 0 else format_lazy(_("at most {n} decimals"), n=item.decimals)
            )
            yield item.code, format_lazy(_("Give {places}."), places=places)


def _parts(answer: Answer) -> Found:
    for item, value in _values(answer):
        whole = answer.value(item.part_of) if item.part_of else None
        if whole is not None and value > whole:
            name = str(answer.form.indicator(item.part_of).name)
            yield (
                item.code,
                format_lazy(
                    _("A part cannot be more than the whole: {name} is {whole}."),
                    name=name,
                    whole=_said(whole, item.unit),
                ),
            )


def _fees(answer: Answer) -> Found:
    for item in answer.form.indicators():
        if not item.cost_of:
            continue
        fee, quantity = answer.value(item.code), answer.value(item.cost_of)
        if fee and not quantity:
            yield item.code, _("There is a cost but no quantity. Which of the two is right?")
        if quantity and not fee and quantity > 0:
            yield item.cost_of, _("There is a quantity but no cost. Who pays?")


def _heated(answer: Answer) -> Found:
    if answer.value("heat") and not answer.value("heated_area"):
        yield "heated_area", _("Where heat is given, the heated area is needed.")


def _change(answer: Answer) -> Found:
    if answer.previous is None:
        return
    for item, value in _values(answer):
        before = answer.previous.value(item.code)
        if not before or item.cost_of:
            continue
        percent = ((value - before) * 100 / before).quantize(Decimal("0.1"))
        if abs(percent) > 30:
            way = (
                _("{percent} % more than last year ({before}).")
                if percent > 0
                else _("{percent} % less than last year ({before}).")
            )
            yield item.code, format_lazy(way, percent=plain(abs(percent)), before=_said(before, item.unit))


def _intensity(answer: Answer) -> Found:
    used, area = answer.value("electricity"), answer.value("building_area")
    per_area = quotient(used, area)
    if per_area is not None and not 10 <= per_area <= 90:
        text = _("{value} kWh per m² is outside the usual 10 to 90. Is the unit right?")
        yield "electricity", format_lazy(text, value=plain(round(per_area, 1)))


def _said(value: Decimal, unit: str) -> str:
    """A value in the words of a finding: thousands marked, with the unit it is stored in."""
    return f"{written(value)} {unit}"


def _values(answer: Answer) -> Iterator[tuple[Indicator, Decimal]]:
    for item in answer.form.indicators():
        value = answer.value(item.code)
        if value is not None:
            yield item, value


RULES = (
    Rule(
        "E01", _("Required items"), _("Every item marked as required has a value; a true zero is written as 0."),
        Severity.FAULT, _required, {"water": "1"}, {"water": None},
    ),
    Rule(
        "E02", _("No negative quantities"), _("Quantities and costs are zero or more."), Severity.FAULT, _negative,
        {"gasoline": "0.34"}, {"gasoline": "-0.34"},
    ),
    Rule(
        "E03", _("Decimals"), _("People are counted in whole numbers, quantities to two decimals."), Severity.FAULT,
        _places, {"users_count": "31980"}, {"users_count": "31980.5"},
    ),
    Rule(
        "E04", _("Parts and wholes"), _("An “of it” is never more than what it is part of."), Severity.FAULT, _parts,
        {"electricity": "100", "dorm_electricity": "40"}, {"electricity": "100", "dorm_electricity": "140"},
    ),
    Rule(
        "E05", _("Heat and heated area"), _("Metered heat is compared per heated area, so both are given."),
        Severity.FAULT, _heated, {"heat": "10", "heated_area": "5"}, {"heat": "10"},
    ),
    Rule(
        "E06", _("Quantity and cost together"), _("A quantity without cost, or a cost without quantity, is explained."),
        Severity.DOUBT, _fees, {"diesel": "10", "diesel_cost": "75"}, {"diesel": "10"},
    ),
    Rule(
        "E07", _("Change against last year"), _("A change of more than 30 % is explained in a sentence."),
        Severity.DOUBT, _change, {"water": "120", "previous": {"water": "100"}},
        {"water": "140", "previous": {"water": "100"}},
    ),
    Rule(
        "E08", _("Electricity per floor area"), _("An unusual value often is a wrong unit (万kWh for kWh)."),
        Severity.DOUBT, _intensity, {"electricity": "5000", "building_area": "100"},
        {"electricity": "50", "building_area": "100"},
    ),
)  # fmt: skip


def findings(answer: Answer) -> list[Finding]:
    """Everything the rules find, faults first, in the order of the form."""
    order = {item.code: n for n, item in enumerate(answer.form.indicators())}
    found = [Finding(rule.id, rule.severity, code, message) for rule in RULES for code, message in rule.look(answer)]
    return sorted(found, key=lambda item: (item.severity != Severity.FAULT, order.get(item.indicator, 0), item.rule))

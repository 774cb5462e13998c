"""The kinds of filing; each professional room registers its own here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from committees.filings.answers import (
    NO_COEFFICIENTS,
    Answer,
    Coefficients,
    FigureDraft,
    Finding,
    PlainRule,
    Rule,
    Severity,
)
from committees.filings.recipes import Recipe
from committees.filings.schema import Form, Named

PLAIN_RULES = (
    PlainRule("F03", _("Plain numbers"), _("Numbers are zero or more, with no more decimals than the form asks for.")),
)


def plain_findings(answer: Answer) -> list[Finding]:
    """What is wrong with a number whatever it counts: below zero, or finer than the form asks."""
    found = []
    for item in answer.form.indicators():
        value = answer.value(item.code)
        if value is not None and value < 0:
            found.append(Finding("F03", Severity.FAULT, item.code, _("Must not be negative.")))
        elif value is not None and value != round(value, item.decimals):
            words = _("Give a whole number.") if item.decimals == 0 else _("Too many decimals.")
            found.append(Finding("F03", Severity.FAULT, item.code, words))
    return found


def numbers_of(answer: Answer, _coefficients: Coefficients) -> list[FigureDraft]:
    """Every number of the form as a figure: what a kind counts that computes nothing."""
    return [
        FigureDraft(item.code, answer.value(item.code), item.unit, item.basis, item.adds_up)
        for item in answer.form.indicators()
        if item.is_number and answer.value(item.code) is not None
    ]


@dataclass(frozen=True)
class Kind:
    """A kind of filing. Everything it gives is a pure function of the answer and the coefficients.

    `ratios` maps a ratio's code to (numerator, denominator, unit, factor) over figures that add up.
    """

    code: str
    committee: str
    name: Named
    forms: tuple[str, ...]
    findings: Callable[[Answer], list[Finding]] = plain_findings
    #: The rules behind `findings`, in the order in which an officer reads what they found.
    rules: Sequence[Rule] = PLAIN_RULES
    figures: Callable[[Answer, Coefficients], list[FigureDraft]] = numbers_of
    #: Forms that come with the portal, and whatever else must stand before the first call.
    shipped: tuple[Form, ...] = ()
    prepare: Callable[[datetime], None] = lambda at: None
    #: Names and numbers of people: nothing but totals is ever published.
    personal: bool = False
    #: The coefficients in force for a period (when a version is sealed), and those of a named version (ever after).
    coefficients_for: Callable[[str], Coefficients] = lambda period: NO_COEFFICIENTS
    coefficients_in: Callable[[str], Coefficients] = lambda version: NO_COEFFICIENTS
    ratios: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    figure_names: Mapping[str, Named] = field(default_factory=dict)
    #: How `figures` are computed, as data that a script outside the portal can follow (recipes.py).
    recipes: Callable[[Coefficients], Sequence[Recipe]] = lambda coefficients: ()
    #: Names of the addresses where a clerk fills in, an officer checks, the public reads.
    entry_view: str = "filing_prepare"
    check_view: str = "filing_check"


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Make a kind known; the same code twice is a mistake of ours."""
    if kind.code in _kinds:
        raise ValueError(f"kind {kind.code} is registered twice")
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> Kind:
    """The kind of that code; KeyError if no room offers it."""
    return _kinds[code]


def all_kinds() -> list[Kind]:
    """Every kind, in order of registration."""
    return list(_kinds.values())

"""The kinds of filing; each professional room registers its own here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from committees.filings.answers import (
    NO_COEFFICIENTS,
    Answer,
    Coefficients,
    FigureDraft,
    Finding,
)
from committees.filings.recipes import Recipe
from committees.filings.schema import Named


@dataclass(frozen=True)
class Kind:
    """A kind of filing. Everything it gives is a pure function of the answer and the coefficients.

    `ratios` maps a ratio's code to (numerator, denominator, unit, factor) over figures that add up.
    """

    code: str
    committee: str
    name: Named
    forms: tuple[str, ...]
    findings: Callable[[Answer], list[Finding]]
    figures: Callable[[Answer, Coefficients], list[FigureDraft]]
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

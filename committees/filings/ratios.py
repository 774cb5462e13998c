"""Ratios of totals: computed where they are shown, from sums that were rolled up; never stored. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from committees.filings.figures import MixedBases
from committees.filings.kinds import Kind
from committees.filings.models import RollUp

PLACES = Decimal("1E-10")


@dataclass(frozen=True)
class Ratio:
    """A ratio of two of the association's totals. `value` None: not defined (a zero or missing base)."""

    code: str
    name: str
    value: Decimal | None
    unit: str
    top: str
    bottom: str


def ratio(top: Decimal | None, bottom: Decimal | None, factor: str = "1") -> Decimal | None:
    """top x factor / bottom to ten places; None ("not defined") where either is missing or the base is zero."""
    if top is None or not bottom:
        return None
    return (top * Decimal(factor) / bottom).quantize(PLACES)


def ratios_of(kind: Kind, totals: Mapping[str, RollUp]) -> dict[str, Ratio]:
    """Every ratio of a kind from the totals of one call. Raises MixedBases where the base is itself an energy on
    another basis."""
    found = {}
    for code, (top, bottom, unit, factor) in kind.ratios.items():
        above, below = totals.get(top), totals.get(bottom)
        if above and below and above.basis and below.basis and above.basis != below.basis:
            raise MixedBases(f"{code}: {above.basis} over {below.basis}")
        value = ratio(above.total if above else None, below.total if below else None, factor)
        found[code] = Ratio(code, str(kind.figure_names[code]), value, unit, top, bottom)
    return found

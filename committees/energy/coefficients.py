"""Conversion into standard coal: the coefficients shipped with the portal, and their reading from the database.

Standard coal equivalent of an item = quantity x coefficient. Electricity at the calorific value (当量值), as the totals of
public institutions are made. Source: GB/T 2589-2020, appendix A; natural gas as public institutions use it.
"""

from datetime import date, datetime
from decimal import Decimal

from committees.energy.models import CoefficientSet
from committees.filings.answers import Coefficients

VERSION_2020 = "GB/T 2589-2020"
CALORIFIC = "calorific"


def _row(value: str, unit: str, source: str = "GB/T 2589-2020") -> dict[str, str]:
    return {"value": value, "unit": unit, "basis": CALORIFIC, "source": source}


#: kgce for one unit of each item.
ROWS_2020 = {
    "electricity": _row("0.1229", "kgce/kWh"),
    "coal": _row("714.3", "kgce/t"),
    "natural_gas": _row("1.3300", "kgce/m3"),
    "lpg": _row("1.7143", "kgce/kg"),
    "coal_gas": _row("0.5714", "kgce/m3"),
    "gasoline": _row("1.0747", "kgce/L", "1.4714 kgce/kg x 0.73 kg/L"),
    "diesel": _row("1.2431", "kgce/L", "1.4571 kgce/kg x 0.853 kg/L"),
    "heat": _row("34.12", "kgce/GJ"),
    "other_energy": _row("1000", "kgce/tce"),
    "primary_energy": {"value": "34.12", "unit": "kgce/GJ", "basis": "primary", "source": "GB/T 2589-2020"},
}


def load_coefficients(*, at: datetime) -> CoefficientSet:
    """Keep the shipped coefficients; does nothing when they are there."""
    shipped = {"valid_from": date(2015, 1, 1), "source": "GB/T 2589-2020", "rows": ROWS_2020, "loaded_at": at}
    return CoefficientSet.objects.get_or_create(version=VERSION_2020, defaults=shipped)[0]


def keep_coefficients(at: datetime) -> None:
    """The same, as a kind prepares itself."""
    load_coefficients(at=at)


def coefficients_for(period: str) -> Coefficients:
    """The coefficients in force at the end of a period (`2026`)."""
    row = CoefficientSet.objects.filter(valid_from__lte=date(int(period[:4]), 12, 31)).order_by("-valid_from").first()
    if row is None:
        raise LookupError(f"no coefficients for {period}")
    return Coefficients(row.version, row.rows)


def coefficients_in(version: str) -> Coefficients:
    """The coefficients of a named version."""
    return Coefficients(version, CoefficientSet.objects.get(version=version).rows)


def factor(coefficients: Coefficients, item: str) -> Decimal:
    """kgce for one unit of an item."""
    return Decimal(coefficients.rows[item]["value"])

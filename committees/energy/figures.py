"""What is computed from an energy return: direct values, standard coal, intensities. Pure, Decimal throughout."""

from collections.abc import Iterable
from decimal import Decimal

from committees.energy.coefficients import factor
from committees.filings.answers import Answer, Coefficients, FigureDraft
from committees.filings.schema import Indicator

THOUSAND = Decimal(1000)
PLACES = Decimal("1E-10")
CONVERTED = ("electricity", "coal", "natural_gas", "lpg", "coal_gas", "gasoline", "diesel", "heat", "other_energy")
PRIMARY = ("electricity_buildings", "electricity_dormitories", "fossil_buildings", "fossil_dormitories")
CO2 = (
    "co2_electricity_buildings", "co2_electricity_dormitories", "co2_fossil_buildings", "co2_fossil_dormitories",
)  # fmt: skip


class MixedBasis(ValueError):
    """Energies on different bases were about to be added up."""


def quotient(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """numerator / denominator to ten places; None ("not defined") when either is missing or the base is zero."""
    if numerator is None or not denominator:
        return None
    return (numerator / denominator).quantize(PLACES)


def total(answer: Answer, codes: Iterable[str]) -> Decimal | None:
    """The sum of indicators of one unit and one basis; empty ones are left out; None when all are empty."""
    present = [code for code in codes if answer.value(code) is not None]
    kinds = {(answer.form.indicator(code).unit, answer.form.indicator(code).basis) for code in present}
    if len(kinds) > 1:
        raise MixedBasis(f"{sorted(kinds)} cannot be added up")
    values = [value for code in present if (value := answer.value(code)) is not None]
    return sum(values, Decimal(0)) if values else None


def direct(answer: Answer) -> list[FigureDraft]:
    """Every value of the form as a figure."""
    return [_direct(indicator, answer) for indicator in answer.form.indicators() if _given(answer, indicator)]


def _given(answer: Answer, indicator: Indicator) -> bool:
    return answer.value(indicator.code) is not None


def _direct(indicator: Indicator, answer: Answer) -> FigureDraft:
    return FigureDraft(indicator.code, answer.value(indicator.code), indicator.unit, indicator.basis, indicator.adds_up)


def annual_figures(answer: Answer, coefficients: Coefficients) -> list[FigureDraft]:
    """Standard coal at the calorific value (tce), per m² (kgce/m²), per person (kgce), water per person (m³).

    Water is not converted for public institutions; parts ("of it") are not counted again.
    """
    parts = []
    for item in CONVERTED:
        quantity = answer.value(item)
        if quantity is not None:
            parts.append(
                FigureDraft(f"tce_{item}", quantity * factor(coefficients, item) / THOUSAND, "tce", "calorific")
            )
    tce = sum((part.value for part in parts if part.value is not None), Decimal(0))
    kgce, area, people = tce * THOUSAND, answer.value("building_area"), answer.value("users_count")
    return [
        *direct(answer), *parts,
        FigureDraft("energy_total", tce, "tce", "calorific"),
        FigureDraft("energy_per_area", quotient(kgce, area), "kgce/m²", "calorific", adds_up=False),
        FigureDraft("energy_per_capita", quotient(kgce, people), "kgce/人", "calorific", adds_up=False),
        FigureDraft("water_per_capita", quotient(answer.value("water"), people), "m³/人", adds_up=False),
    ]  # fmt: skip


def primary_figures(answer: Answer, coefficients: Coefficients) -> list[FigureDraft]:
    """Primary energy (GJ and tce) and intensities of school buildings, dormitories and both (GJ/m²), CO2 (t, kg/m²).

    New energy is shown beside and not added. There are no head counts, so nothing is given per person.
    """
    energy, co2 = total(answer, PRIMARY), total(answer, CO2)
    buildings, dormitories = total(answer, PRIMARY[0::2]), total(answer, PRIMARY[1::2])
    areas = (answer.value("area_buildings"), answer.value("area_dormitories"))
    area = sum((value for value in areas if value is not None), Decimal(0))
    tce = None if energy is None else energy * factor(coefficients, "primary_energy") / THOUSAND
    kilograms = None if co2 is None else co2 * THOUSAND
    return [
        *direct(answer),
        FigureDraft("area_total", area, "m²"),
        FigureDraft("energy_buildings", buildings, "GJ", "primary"),
        FigureDraft("energy_dormitories", dormitories, "GJ", "primary"),
        FigureDraft("energy_total", energy, "GJ", "primary"),
        FigureDraft("energy_total_tce", tce, "tce", "primary"),
        FigureDraft("co2_total", co2, "t"),
        FigureDraft("energy_per_area", quotient(energy, area), "GJ/m²", "primary", adds_up=False),
        FigureDraft("energy_per_area_buildings", quotient(buildings, areas[0]), "GJ/m²", "primary", adds_up=False),
        FigureDraft("energy_per_area_dormitories", quotient(dormitories, areas[1]), "GJ/m²", "primary", adds_up=False),
        FigureDraft("co2_per_area", quotient(kilograms, area), "kg/m²", adds_up=False),
    ]  # fmt: skip

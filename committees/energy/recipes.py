"""The computed figures of the energy returns as recipes; a test holds them against figures.py. Pure."""

from collections.abc import Iterable

from committees.energy.figures import CO2, CONVERTED, PRIMARY
from committees.filings.answers import Coefficients
from committees.filings.recipes import Recipe

Terms = tuple[tuple[str, str], ...]
TO_TONNES = "0.001"


def annual_recipes(coefficients: Coefficients) -> list[Recipe]:
    """The annual return: standard coal item by item (tce), the total, per area and per person (kgce), water (m³)."""
    factors = {item: str(coefficients.rows[item]["value"]) for item in CONVERTED}
    every = tuple(factors.items())
    return [
        *(Recipe(f"tce_{item}", "tce", ((item, factors[item]),), TO_TONNES, uses=(item,)) for item in CONVERTED),
        Recipe("energy_total", "tce", every, TO_TONNES, uses=CONVERTED),
        Recipe("energy_per_area", "kgce/m²", every, over=("building_area",)),
        Recipe("energy_per_capita", "kgce/人", every, over=("users_count",)),
        Recipe("water_per_capita", "m³/人", _plain(("water",)), over=("users_count",)),
    ]


def primary_recipes(coefficients: Coefficients) -> list[Recipe]:
    """The primary-energy return: sums (GJ, tce, t), and intensities of buildings, dormitories and both."""
    coal = str(coefficients.rows["primary_energy"]["value"])
    areas = ("area_buildings", "area_dormitories")
    return [
        Recipe("area_total", "m²", _plain(areas)),
        Recipe("energy_buildings", "GJ", _plain(PRIMARY[0::2])),
        Recipe("energy_dormitories", "GJ", _plain(PRIMARY[1::2])),
        Recipe("energy_total", "GJ", _plain(PRIMARY)),
        Recipe("energy_total_tce", "tce", tuple((code, coal) for code in PRIMARY), TO_TONNES, uses=("primary_energy",)),
        Recipe("co2_total", "t", _plain(CO2)),
        Recipe("energy_per_area", "GJ/m²", _plain(PRIMARY), over=areas),
        Recipe("energy_per_area_buildings", "GJ/m²", _plain(PRIMARY[0::2]), over=areas[:1]),
        Recipe("energy_per_area_dormitories", "GJ/m²", _plain(PRIMARY[1::2]), over=areas[1:]),
        Recipe("co2_per_area", "kg/m²", _plain(CO2), "1000", areas),
    ]


def _plain(codes: Iterable[str]) -> Terms:
    return tuple((code, "1") for code in codes)

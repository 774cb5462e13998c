"""The two kinds of energy return, as the filing room knows them: one registration each."""

from committees.energy.checks import RULES, findings
from committees.energy.coefficients import coefficients_for, coefficients_in, keep_coefficients
from committees.energy.figures import annual_figures, primary_figures
from committees.energy.recipes import annual_recipes, primary_recipes
from committees.filings.kinds import Kind, register_kind
from committees.filings.schema import Form, Named

ANNUAL, PRIMARY = "energy-annual", "energy-primary"

FIGURE_NAMES = {
    "energy_total": Named("综合能耗", "Total energy"),
    "energy_total_tce": Named("综合能耗（折标准煤）", "Total energy in standard coal"),
    "energy_per_area": Named("单位建筑面积能耗", "Energy per floor area"),
    "energy_per_area_buildings": Named("教学办公用房单位面积能耗", "Energy per floor area, school buildings"),
    "energy_per_area_dormitories": Named("学生公寓单位面积能耗", "Energy per floor area, dormitories"),
    "energy_per_capita": Named("人均综合能耗", "Energy per person"),
    "water_per_capita": Named("人均用水量", "Water per person"),
    "energy_buildings": Named("教学办公用房能耗", "Energy of school buildings"),
    "energy_dormitories": Named("学生公寓能耗", "Energy of dormitories"),
    "area_total": Named("建筑面积合计", "Floor area, total"),
    "co2_total": Named("二氧化碳排放", "CO₂ emissions"),
    "co2_per_area": Named("单位建筑面积碳排放", "CO₂ per floor area"),
    "primary_energy": Named("一次能源", "Primary energy"),
    "tce_electricity": Named("电力折标准煤", "Electricity in standard coal"),
    "tce_coal": Named("煤炭折标准煤", "Coal in standard coal"),
    "tce_natural_gas": Named("天然气折标准煤", "Natural gas in standard coal"),
    "tce_lpg": Named("液化石油气折标准煤", "LPG in standard coal"),
    "tce_coal_gas": Named("人工煤气折标准煤", "Manufactured gas in standard coal"),
    "tce_gasoline": Named("汽油折标准煤", "Petrol in standard coal"),
    "tce_diesel": Named("柴油折标准煤", "Diesel in standard coal"),
    "tce_heat": Named("热力折标准煤", "Heat in standard coal"),
    "tce_other_energy": Named("其他能源折标准煤", "Other energy in standard coal"),
}


def register(annual: Form, primary: Form) -> None:
    """Offer both kinds to the filing room, each with the form it comes with."""
    register_kind(
        Kind(
            code=ANNUAL, committee="energy", name=Named("能源资源消费年报", "Annual return of energy and resources"),
            forms=("energy-annual",), findings=findings, rules=RULES, figures=annual_figures, coefficients_for=coefficients_for,
            coefficients_in=coefficients_in, figure_names=FIGURE_NAMES, recipes=annual_recipes,
            shipped=(annual,), prepare=keep_coefficients,
            ratios={
                "energy_per_area": ("energy_total", "building_area", "kgce/m²", "1000"),
                "energy_per_capita": ("energy_total", "users_count", "kgce/人", "1000"),
                "water_per_capita": ("water", "users_count", "m³/人", "1"),
            },
        )
    )  # fmt: skip
    register_kind(
        Kind(
            code=PRIMARY, committee="energy", name=Named("一次能源口径能源年报", "Annual return on a primary-energy basis"),
            forms=("energy-primary",), findings=findings, rules=RULES, figures=primary_figures,
            coefficients_for=coefficients_for, coefficients_in=coefficients_in, figure_names=FIGURE_NAMES,
            recipes=primary_recipes, shipped=(primary,), prepare=keep_coefficients,
            ratios={
                "energy_per_area": ("energy_total", "area_total", "GJ/m²", "1"),
                "energy_per_area_buildings": ("energy_buildings", "area_buildings", "GJ/m²", "1"),
                "energy_per_area_dormitories": ("energy_dormitories", "area_dormitories", "GJ/m²", "1"),
                "co2_per_area": ("co2_total", "area_total", "kg/m²", "1000"),
            },
        )
    )  # fmt: skip

"""What a kind's bulletin shows: which figures stand in the tray, the table, the mix, and what they are called. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.energy.filings import ANNUAL, PRIMARY
from committees.filings.kinds import Kind
from committees.filings.schema import Form, Named

KINDS = (ANNUAL, PRIMARY)


@dataclass(frozen=True)
class Layout:
    """What a kind's bulletin shows: the tray, the columns of the table (the first ratio is what it ranks by), the mix."""

    tray: tuple[str, ...]
    columns: tuple[str, ...]
    ranked: str
    mix: tuple[tuple[Named, tuple[str, ...]], ...]


LAYOUTS = {
    PRIMARY: Layout(
        ("energy_total", "energy_per_area", "co2_total", "area_total"),
        ("area_total", "energy_total", "energy_per_area", "energy_per_area_buildings", "energy_per_area_dormitories",
         "co2_per_area"),
        "energy_per_area",
        (
            (Named("教学办公用电", "electricity of school buildings"), ("electricity_buildings",)),
            (Named("教学办公燃料", "fuel of school buildings"), ("fossil_buildings",)),
            (Named("学生公寓用电", "electricity of dormitories"), ("electricity_dormitories",)),
            (Named("学生公寓燃料", "fuel of dormitories"), ("fossil_dormitories",)),
        ),
    ),
    ANNUAL: Layout(
        ("energy_total", "energy_per_area", "energy_per_capita", "water"),
        ("building_area", "users_count", "energy_total", "energy_per_area", "energy_per_capita", "water_per_capita"),
        "energy_per_area",
        (
            (Named("电", "electricity"), ("tce_electricity",)),
            (Named("热力", "heat"), ("tce_heat",)),
            (Named("燃气", "gas"), ("tce_natural_gas", "tce_lpg", "tce_coal_gas")),
            (Named("油品和煤", "oil and coal"), ("tce_gasoline", "tce_diesel", "tce_coal")),
            (Named("其他", "other"), ("tce_other_energy",)),
        ),
    ),
}  # fmt: skip


def name_of(code: str, kind: Kind, form: Form) -> str:
    """What a figure is called: a computed one by the kind, a direct one by section and item of the form."""
    if code in kind.figure_names:
        return str(kind.figure_names[code])
    for section in form.sections:
        for indicator in section.indicators:
            if indicator.code == code:
                if kind.code != PRIMARY or len(section.indicators) == 1:
                    return str(indicator.name)
                return _("%(section)s: %(item)s") % {"section": section.name, "item": indicator.name}
    raise KeyError(code)

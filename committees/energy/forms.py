"""The forms of the energy committee, each in its versions. A published version is never changed: add the next one.

Sources: the statistics system of energy consumption of public institutions, revised November 2025 (S7-06, S7-07, S9-75);
the primary-energy form follows the yearly environmental report of a two-level institution.
"""

from committees.filings.schema import Form, Indicator, Named, Section

WAN = "10000"


def _quantity(code: str, zh: str, en: str, unit: str, **more: object) -> Indicator:
    return Indicator(code, Named(zh, en), unit, **more)  # type: ignore[arg-type]


def _fee(code: str) -> Indicator:
    return Indicator(f"{code}_cost", Named("费用", "Cost"), "元", units={"万元": WAN}, cost_of=code)


ANNUAL_2025 = Form(
    code="energy-annual",
    version="2025",
    name=Named("公共机构能源资源消费年报", "Annual return of energy and resources"),
    period_kind="year",
    valid_from="2025-11-10",
    source=Named(
        "公共机构能源资源消费统计调查制度（2025年11月修订）", "Statistics system of public institutions, rev. Nov 2025"
    ),
    sections=(
        Section(
            "base",
            Named("基本情况", "Basics"),
            (
                _quantity(
                    "users_count", "用能人数", "People using energy", "人", required=True, decimals=0,
                    hint=Named("教职工、学生、常驻服务人员，全年平均", "Staff, students, resident service staff; average of the year"),
                ),
                _quantity(
                    "building_area", "建筑面积", "Floor area", "m²", required=True, units={"万m²": WAN},
                    hint=Named("在用面积，不含家属住宅", "Area in use, without family housing"),
                ),
                _quantity("heated_area", "采暖面积", "Heated area", "m²", units={"万m²": WAN}),
                _quantity("nev_count", "新能源汽车", "New-energy vehicles", "辆", decimals=0),
            ),
        ),
        Section(
            "electricity",
            Named("电", "Electricity"),
            (
                _quantity(
                    "electricity", "外购电量", "Purchased electricity", "kWh", basis="calorific", required=True,
                    units={"万kWh": WAN},
                ),
                _fee("electricity"),
                _quantity(
                    "dorm_electricity", "其中：学生公寓", "of it: dormitories", "kWh", basis="calorific",
                    units={"万kWh": WAN}, part_of="electricity",
                ),
                _quantity(
                    "canteen_electricity", "其中：食堂", "of it: canteens", "kWh", basis="calorific",
                    units={"万kWh": WAN}, part_of="electricity",
                ),
                _quantity(
                    "pv_generation", "光伏自发自用", "Solar power, own use", "kWh", units={"万kWh": WAN},
                    hint=Named("不计入外购", "Not part of purchased electricity"),
                ),
            ),
        ),
        Section(
            "gas_heat",
            Named("燃气与热力", "Gas and heat"),
            (
                _quantity("natural_gas", "天然气", "Natural gas", "m³", basis="calorific", units={"万m³": WAN}),
                _fee("natural_gas"),
                _quantity(
                    "canteen_gas", "其中：食堂", "of it: canteens", "m³", basis="calorific", units={"万m³": WAN},
                    part_of="natural_gas",
                ),
                _quantity("lpg", "液化石油气", "Liquefied petroleum gas", "kg", basis="calorific"),
                _fee("lpg"),
                _quantity("coal_gas", "人工煤气", "Manufactured gas", "m³", basis="calorific"),
                _fee("coal_gas"),
                _quantity(
                    "heat", "外购热力", "Purchased heat", "GJ", basis="calorific",
                    hint=Named("按热量计费的才填", "Only where heat is metered"),
                ),
                _fee("heat"),
            ),
        ),
        Section(
            "coal_oil",
            Named("煤与油品", "Coal and oil"),
            (
                _quantity("coal", "煤炭", "Coal", "t", basis="calorific"),
                _fee("coal"),
                _quantity("gasoline", "汽油", "Petrol", "L", basis="calorific"),
                _fee("gasoline"),
                _quantity("diesel", "柴油", "Diesel", "L", basis="calorific"),
                _fee("diesel"),
                _quantity(
                    "other_energy", "其他能源", "Other energy", "tce", basis="calorific",
                    hint=Named("按已折算的标准煤填", "Already converted into standard coal"),
                ),
                _fee("other_energy"),
            ),
        ),
        Section(
            "water",
            Named("水", "Water"),
            (
                _quantity(
                    "water", "用水量", "Water", "m³", required=True, units={"万m³": WAN},
                    hint=Named("自来水与自备井合计，不折标准煤", "Mains and own wells together; not converted"),
                ),
                _fee("water"),
                _quantity("reclaimed_water", "中水回用", "Reclaimed water", "m³", units={"万m³": WAN}),
            ),
        ),
        Section(
            "datacentre",
            Named("数据中心", "Data centre"),
            (
                _quantity(
                    "dc_electricity", "机房总用电", "Data-centre electricity", "kWh", basis="calorific",
                    units={"万kWh": WAN}, part_of="electricity",
                ),
                _quantity(
                    "dc_it_electricity", "其中：信息设备", "of it: IT equipment", "kWh", basis="calorific",
                    units={"万kWh": WAN}, part_of="dc_electricity",
                ),
            ),
        ),
        Section(
            "heating",
            Named("采暖季", "Heating season"),
            (
                _quantity(
                    "heating_electricity", "采暖用电", "Electricity for heating", "kWh", basis="calorific",
                    units={"万kWh": WAN}, part_of="electricity",
                ),
                _quantity(
                    "heating_gas", "采暖用天然气", "Gas for heating", "m³", basis="calorific", units={"万m³": WAN},
                    part_of="natural_gas",
                ),
                _quantity(
                    "heating_heat", "采暖用热力", "Heat for heating", "GJ", basis="calorific", part_of="heat",
                ),
            ),
        ),
    ),
)  # fmt: skip

PRIMARY_2020 = Form(
    code="energy-primary",
    version="2020",
    name=Named("一次能源口径能源年报", "Annual energy return on a primary-energy basis"),
    period_kind="year",
    valid_from="2019-04-01",
    source=Named("两级机构年度环境报告的能源表", "Energy table of a two-level institution's environmental report"),
    sections=(
        Section(
            "base",
            Named("建筑面积", "Floor area"),
            (
                _quantity("area_buildings", "教学办公用房", "School buildings", "m²", required=True),
                _quantity("area_dormitories", "学生公寓", "Dormitories", "m²", required=True),
            ),
        ),
        Section(
            "electricity",
            Named("电（按一次能源折算）", "Electricity (as primary energy)"),
            (
                _quantity(
                    "electricity_buildings", "教学办公用房", "School buildings", "GJ", basis="primary", required=True
                ),
                _quantity(
                    "electricity_dormitories", "学生公寓", "Dormitories", "GJ", basis="primary", required=True
                ),
            ),
        ),
        Section(
            "fossil",
            Named("化石燃料", "Fossil fuel"),
            (
                _quantity("fossil_buildings", "教学办公用房", "School buildings", "GJ", basis="primary", required=True),
                _quantity("fossil_dormitories", "学生公寓", "Dormitories", "GJ", basis="primary", required=True),
            ),
        ),
        Section(
            "new_energy",
            Named("新能源", "New energy"),
            (
                _quantity(
                    "new_energy", "新能源利用量", "New energy used", "GJ", basis="primary", required=True,
                    hint=Named("没有就填0", "Enter 0 if there is none"),
                ),
            ),
        ),
        Section(
            "co2",
            Named("二氧化碳排放（本校核算）", "CO₂ emissions (as reckoned by the school)"),
            (
                _quantity("co2_electricity_buildings", "电：教学办公用房", "Electricity: school buildings", "t", required=True),
                _quantity("co2_electricity_dormitories", "电：学生公寓", "Electricity: dormitories", "t", required=True),
                _quantity("co2_fossil_buildings", "燃料：教学办公用房", "Fuel: school buildings", "t", required=True),
                _quantity("co2_fossil_dormitories", "燃料：学生公寓", "Fuel: dormitories", "t", required=True),
            ),
        ),
    ),
)  # fmt: skip

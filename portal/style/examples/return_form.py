"""A yearly energy return half filled in: sections of quantities, faults of the uploaded workbook, doubts."""

# Chinese text: invented content of the example pages.

from dataclasses import dataclass
from decimal import Decimal

from portal.charts import Strip, strip
from portal.style.examples.words import both


@dataclass(frozen=True)
class Quantity:
    """One row. `last` is last year's figure; `error` a sentence, `repair` what the button offers."""

    key: str
    label: str
    unit: str
    value: str
    last: Decimal
    source: str
    note: str = ""
    sub: bool = False
    cost: str | None = None
    error: str = ""
    repair: str = ""
    cost_error: str = ""
    ask: str = ""

    @property
    def places(self) -> int:
        """Decimals of last year's figure: a column keeps one number of them."""
        return max(0, -int(self.last.as_tuple().exponent))

    @property
    def now(self) -> Decimal | None:
        """The value as a number, where it reads as one."""
        text = self.value.replace(",", "")
        return Decimal(text) if not self.error and text.replace(".", "", 1).isdigit() else None


@dataclass(frozen=True)
class Section:
    """A group of rows; `marks` are the states in its head."""

    key: str
    title: str
    short: str
    marks: list[tuple[str, str]]
    toc: tuple[str, str]
    rows: list[Quantity]


def _meters(count: int) -> str:
    return both(f"台账{count}块表", f"ledger, {count} meters")


_KWH = both("万kWh", "10 MWh")


def sections() -> list[Section]:
    """The six sections of the form."""
    return [_basics(), _power(), _gas(), _oil(), _water(), _rooms()]


def _basics() -> Section:
    rows = [
        Quantity(
            "users",
            both("用能人数", "People"),
            both("人", "people"),
            "31,980",
            Decimal(31260),
            both("学籍与人事", "students and staff files"),
            note=both("教职工、学生、常驻服务人员", "staff, students, resident service staff"),
        ),
        Quantity(
            "area",
            both("建筑面积", "Floor area"),
            "m²",
            "1,148,600",
            Decimal(1124000),
            both("楼栋档案96栋", "96 buildings on file"),
        ),
        Quantity(
            "heatarea",
            both("采暖面积", "Heated area"),
            "m²",
            "",
            Decimal(986200),
            both("没有来源", "no source"),
            error=both("填了热力就要填采暖面积", "Heat is filled in, so the heated area is needed"),
            repair=both("照上年986,200", "As last year: 986,200"),
        ),
    ]
    return Section(
        "s1",
        both("一、基本情况", "1. Basics"),
        both("基本情况", "Basics"),
        [("wrong", both("缺1项", "1 missing"))],
        ("wrong", "2/3"),
        rows,
    )


def _power() -> Section:
    of_which_dorm, of_which_food = (
        both("其中：学生公寓", "of which residences"),
        both("其中：食堂", "of which canteens"),
    )
    rows = [
        Quantity(
            "elec",
            both("外购电量", "Electricity bought"),
            _KWH,
            "6,102.30",
            Decimal("5948.60"),
            _meters(128),
            cost="3,710.20",
        ),
        Quantity(
            "elec-dorm", of_which_dorm, _KWH, "1,486.20", Decimal("1451.70"), _meters(54), sub=True, cost="903.61"
        ),
        Quantity("elec-food", of_which_food, _KWH, "612.80", Decimal("598.10"), _meters(19), sub=True, cost="372.58"),
        Quantity(
            "pv",
            both("光伏自发自用", "Own solar power, used here"),
            _KWH,
            "184.60",
            Decimal("121.30"),
            both("你手填", "typed by you"),
            note=both("不计入外购", "not part of what is bought"),
            ask="answered",
        ),
    ]
    return Section(
        "s2",
        both("二、电", "2. Electricity"),
        both("电", "Electricity"),
        [("ok", both("7项齐", "all 7"))],
        ("ok", "7/7"),
        rows,
    )


def _gas() -> Section:
    rows = [
        Quantity("gas", both("天然气", "Natural gas"), "m³", "2,318,000", Decimal(2264000), _meters(31), cost="672.22"),
        Quantity(
            "gas-food",
            both("其中：食堂", "of which canteens"),
            "m³",
            "861,400",
            Decimal(902700),
            _meters(22),
            sub=True,
            cost="249.81",
        ),
        Quantity(
            "heat",
            both("外购热力", "Heat bought"),
            "GJ",
            "128,910",
            Decimal(128400),
            both("台账6块热表", "ledger, 6 heat meters"),
            note=both("按热量计费", "charged by the amount of heat"),
            cost="883.03",
        ),
    ]
    return Section(
        "s3",
        both("三、燃气与热力", "3. Gas and heat"),
        both("燃气与热力", "Gas and heat"),
        [("ok", both("6项齐", "all 6"))],
        ("ok", "6/6"),
        rows,
    )


def _oil() -> Section:
    rows = [
        Quantity(
            "gasoline",
            both("汽油", "Petrol"),
            "L",
            "36,900",
            Decimal(38200),
            both("工作簿表一", "workbook, sheet 1"),
            note=both("公务与校内班车", "official cars and shuttle buses"),
            cost="−0.34",
            cost_error=both("费用不能是负数", "A cost cannot be negative"),
        ),
        Quantity(
            "diesel",
            both("柴油", "Diesel"),
            "L",
            "58,3OO",
            Decimal(62500),
            both("工作簿表一", "workbook, sheet 1"),
            note=both("班车与备用发电机", "buses and stand-by generators"),
            cost="44.31",
            error=both("后两位是字母O，请填数字", "The last two are the letter O, please type digits"),
            repair=both("改为58,300", "Make it 58,300"),
        ),
    ]
    return Section(
        "s4",
        both("四、油品", "4. Oil"),
        both("油品", "Oil"),
        [("wrong", both("2处错", "2 errors"))],
        ("wrong", "2/4"),
        rows,
    )


def _water() -> Section:
    rows = [
        Quantity(
            "water",
            both("自来水", "Tap water"),
            "m³",
            "1,986,500",
            Decimal(1422000),
            _meters(73),
            cost="973.39",
            ask="open",
        ),
        Quantity(
            "reuse",
            both("中水回用", "Water used again"),
            "m³",
            both("86400立方米", "86400 cubic m"),
            Decimal(79900),
            both("工作簿表二", "workbook, sheet 2"),
            error=both("只填数字，单位在右边", "Digits only, the unit stands on the right"),
            repair=both("改为86,400", "Make it 86,400"),
        ),
    ]
    marks = [("wrong", both("1处错", "1 error")), ("ask", both("1处待说明", "1 to explain"))]
    return Section("s5", both("五、水", "5. Water"), both("水", "Water"), marks, ("ask", "2/3"), rows)


def _rooms() -> Section:
    rows = [
        Quantity(
            "dc",
            both("机房总用电", "Server rooms, all electricity"),
            _KWH,
            "640.20",
            Decimal("612.50"),
            _meters(12),
            note=both("含空调与照明", "with cooling and light"),
            cost="389.24",
        ),
        Quantity(
            "it",
            both("其中：信息设备", "of which machines"),
            _KWH,
            "812.40",
            Decimal("388.70"),
            both("工作簿表四", "workbook, sheet 4"),
            note=both("服务器、存储、网络", "servers, storage, network"),
            sub=True,
            error=both("不能大于机房总用电640.20", "Cannot be more than the 640.20 of all server rooms"),
        ),
    ]
    return Section(
        "s6",
        both("六、数据中心", "6. Server rooms"),
        both("数据中心", "Server rooms"),
        [("wrong", both("1处错", "1 error"))],
        ("wrong", "2/3"),
        rows,
    )


@dataclass(frozen=True)
class Fault:
    """One thing in the workbook that does not read."""

    sheet: str
    cell: str
    field: str
    head: str
    mark: str
    tail: str
    why: str
    repair: str = ""


def faults() -> list[Fault]:
    """The five faults of the uploaded workbook."""
    return [*_faults_of_energy(), *_other_faults()]


def _faults_of_energy() -> list[Fault]:
    return [
        Fault(
            both("表一 能源", "1 Energy"),
            both("9行D列", "D9"),
            "diesel",
            "58,3",
            "OO",
            "",
            both("柴油：后两位是字母O，不是数字零。", "Diesel: the last two are the letter O, not noughts."),
            both("改为58,300", "Make it 58,300"),
        ),
        Fault(
            both("表一 能源", "1 Energy"),
            both("10行E列", "E10"),
            "gasoline-f",
            "",
            "−",
            "0.34",
            both(
                "汽油费用：不能是负数。退款请冲减原月台账，年报填净额。",
                "Cost of petrol: cannot be negative. Book a refund in the month it belongs to; the return shows "
                "the net sum.",
            ),
        ),
    ]


def _other_faults() -> list[Fault]:
    return [
        Fault(
            both("表二 用水", "2 Water"),
            both("6行D列", "D6"),
            "reuse",
            "86400",
            both("立方米", " cubic m"),
            "",
            both("中水：数字后面跟了单位。", "Water used again: a unit follows the number."),
            both("改为86,400", "Make it 86,400"),
        ),
        Fault(
            both("表三 供暖", "3 Heating"),
            both("6行F列", "F6"),
            "heatarea",
            "",
            both("空", "empty"),
            "",
            both(
                "填了热力128,910 GJ，就要填采暖面积。",
                "128,910 GJ of heat are filled in, so the heated area is needed.",
            ),
            both("照上年986,200", "As last year: 986,200"),
        ),
        Fault(
            both("表四 机房", "4 Server rooms"),
            both("4行D列", "D4"),
            "it",
            "",
            "812.40",
            "",
            both(
                "信息设备用电大于机房总用电640.20，部分不能大于整体。",
                "Machines use more than the 640.20 of all server rooms; a part cannot be more than the whole.",
            ),
        ),
    ]


#: Use for each square metre of 61 invented universities (kgce/m²), in no order.
PER_AREA = tuple(
    Decimal(text)
    for text in (
        "9.39 10.11 10.32 10.72 11.28 11.75 12.16 12.59 12.89 13.2 13.59 14.07 14.56 16.31 9.1 9.45 9.6 "
        "9.69 9.83 9.84 9.88 "
        "9.99 10 10.13 10.16 10.33 10.37 10.68 10.69 10.76 11.11 11.31 11.38 11.47 11.49 11.65 11.76 11.77 11.82 11.84 "
        "11.92 12.07 12.09 12.15 12.25 12.26 12.35 12.5 12.51 12.67 12.8 12.81 12.89 12.96 13.01 13.02 "
        "13.24 13.48 15.96 "
        "16.25 16.93"
    ).split()
)
#: The same for each person (kgce).
PER_PERSON = tuple(
    Decimal(text)
    for text in (
        "327 340 341 342 351 360 364 366 368 374 381 381 388 396 398 401 416 422 426 435 436 439 439 "
        "439 441 444 446 446 "
        "453 460 463 463 466 469 472 475 476 477 481 482 482 483 490 494 496 497 498 499 503 519 537 "
        "538 545 546 556 556 "
        "564 570 605 605"
    ).split()
)


def strips() -> tuple[Strip, Strip]:
    """Where the university stands: for each square metre, for each person."""
    mine, average = str(both("本校", "Ours ")), str(both("平均", "Average "))
    area_says = both(
        "单位建筑面积能耗：一根竖线一所学校，本校13.09，全市平均12.34",
        "Energy for each square metre: one line a university, ours 13.09, the average 12.34",
    )
    person_says = both(
        "人均综合能耗：一根竖线一所学校，本校470.2，全市平均448.4",
        "Energy for each person: one line a university, ours 470.2, the average 448.4",
    )
    return (
        strip(
            PER_AREA,
            average=Decimal("12.34"),
            average_word=average,
            mine=Decimal("13.09"),
            mine_word=mine,
            says=str(area_says),
        ),
        strip(
            PER_PERSON,
            average=Decimal("448.4"),
            average_word=average,
            mine=Decimal("470.2"),
            mine_word=mine,
            says=str(person_says),
        ),
    )

"""The desk of a clerk on 15 March 2027, and on a day with nothing to do."""

# Chinese text: invented content of the example pages.

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.style.examples.words import both

_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Task:
    """One line of the desk."""

    room: str
    title: str
    state: str
    note: str
    action: str
    left: int | None = None
    on: date | None = None
    trace: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under one heading."""

    title: str
    note: str
    tasks: list[Task]


@dataclass(frozen=True)
class CalendarDay:
    """A day of the month: css is lit, due, hot or off; count what ends on it."""

    day: int
    css: str = ""
    count: int = 0
    today: bool = False


@dataclass(frozen=True)
class ReturnedWork:
    """What came back, and why."""

    room: str
    plate: str
    at: datetime
    style: str
    title: str
    reason: str
    lit: bool
    outcome: str
    link: str = ""


@dataclass(frozen=True)
class Desk:
    """Everything the page shows."""

    groups: list[TaskGroup]
    weeks: list[list[CalendarDay]]
    returned: list[ReturnedWork] = field(default_factory=list)


def _march(day: int) -> date:
    return date(2027, 3, day)


def busy_desk() -> Desk:
    """Nine things to do."""
    return Desk(
        [_this_week(), _later(), _done()], march({2, 4, 5, 8, 10, 11}, {17: 1, 18: 1, 19: 2, 31: 1}, 15), _returned()
    )


def resting_desk() -> Desk:
    """Nothing to do today."""
    lit = {2, 4, 5, 8, 10, 11, 15, 17, 18, 19, 24, 31}
    later = TaskGroup(
        both("再往后", "Later"),
        both("2件", "2 items"),
        [
            Task(
                "energy",
                both("3月电、气、热台账", "March ledger: electricity, gas, heat"),
                "none",
                both("读数已由表计带入42格，还差6格", "42 readings carried over from the meters, 6 missing"),
                both("提前填", "Fill in early"),
                4,
                date(2027, 4, 9),
            ),
            Task(
                "dorm",
                both("学生公寓标准化复评自评表", "Self-assessment of student residences"),
                "none",
                both("88个检查点，可分楼长填", "88 checkpoints, building heads can share them"),
                both("看检查点", "See checkpoints"),
                9,
                date(2027, 4, 16),
            ),
        ],
    )
    return Desk([later, _done()], march(lit, {}, 0))


def march(lit: set[int], due: dict[int, int], today: int) -> list[list[CalendarDay]]:
    """March 2027 in weeks from Monday."""
    days = []
    for number in range(1, 32):
        weekend = date(2027, 3, number).weekday() > 4
        css = "off" if weekend else "lit" if number in lit else "due" if number in due else ""
        if number == today:
            css = "hot"
        days.append(CalendarDay(number, css, due.get(number, 1 if number == today else 0), number == today))
    return [days[start : start + 7] for start in range(0, 31, 7)]


def _this_week() -> TaskGroup:
    return TaskGroup(
        both("本周", "This week"),
        both("4件", "4 items"),
        [
            Task(
                "energy",
                both("2月电、气、热台账", "February ledger: electricity, gas, heat"),
                "back",
                both("热力费用与热量对不上，共2处", "Cost of heat and amount of heat do not agree, 2 places"),
                both("看原因", "See why"),
                2,
                _march(17),
            ),
            Task(
                "dorm",
                both("3月消防疏散演练记录", "Record of the evacuation drill in March"),
                "todo",
                both("3栋楼，要计时表和照片", "3 buildings, with timing sheet and photographs"),
                both("填记录", "Fill in"),
                3,
                _march(18),
            ),
            Task(
                "estate",
                both("春季树木修剪与病虫害巡查表", "Spring pruning and pest patrol sheet"),
                "appr",
                both("已送后勤处处长，等了1天", "With the director of logistics for 1 day"),
                both("催一下", "Remind"),
                4,
                _march(19),
            ),
            Task(
                "food",
                both("食堂燃气压力表三查记录，第11周", "Gas gauges in canteens, three checks a day, week 11"),
                "draft",
                both("早、中、晚共21个读数，已有6个", "21 readings, morning, noon and night; 6 are there"),
                both("补读数", "Add readings"),
                4,
                _march(19),
            ),
        ],
    )


def _later() -> TaskGroup:
    return TaskGroup(
        both("再往后", "Later"),
        both("4件", "4 items"),
        [
            Task(
                "energy",
                both("2026年度能源资源消费年报", "Annual energy return for 2026"),
                "draft",
                both("26项填好21项，5处错、1处疑问", "21 of 26 items filled in, 5 errors, 1 question"),
                both("接着填", "Go on"),
                12,
                _march(31),
            ),
            Task(
                "shop",
                both("校内商户年检材料", "Papers for the yearly check of shops"),
                "draft",
                both("17户收了5户", "5 of 17 shops have sent theirs"),
                both("催商户", "Remind shops"),
                18,
                date(2027, 4, 9),
            ),
            Task(
                "dorm",
                both("学生公寓标准化复评自评表", "Self-assessment of student residences"),
                "todo",
                both("88个检查点，可分楼长填", "88 checkpoints, building heads can share them"),
                both("开始自评", "Begin"),
                23,
                date(2027, 4, 16),
            ),
            Task(
                "house",
                both("青年教师周转房使用问卷", "Survey on flats for young teachers"),
                "none",
                both("发给216人，4月23日收", "Goes to 216 people, due 23 April"),
                both("看样卷", "See sample"),
                28,
                date(2027, 4, 23),
            ),
        ],
    )


def _done() -> TaskGroup:
    return TaskGroup(
        both("已亮", "Lit"),
        both("最近三件", "the last three"),
        [
            Task(
                "energy",
                both("1月电、气、热台账", "January ledger: electricity, gas, heat"),
                "ok",
                both("能专会3月10日收下", "Accepted by the energy committee on 10 March"),
                both("看回执", "See receipt"),
                trace=both("能备0023", "Energy 0023"),
            ),
            Task(
                "dorm",
                both("寒假留校学生安全检查表", "Safety check for students who stayed over winter"),
                "ok",
                both("寓专会3月11日收下", "Accepted by the residence committee on 11 March"),
                both("看回执", "See receipt"),
                trace=both("寓备0031", "Residence 0031"),
            ),
            Task(
                "food",
                both("食材价格周报，3月第1周", "Food prices, first week of March"),
                "pub",
                both("已进入全市价格通报", "Part of the city's price bulletin"),
                both("看通报", "See bulletin"),
                trace=both("伙备0187", "Catering 0187"),
            ),
        ],
    )


def _returned() -> list[ReturnedWork]:
    return [
        ReturnedWork(
            "energy",
            both("能专会", "Energy"),
            datetime(2027, 3, 12, 16, 8, tzinfo=_ZONE),
            "moment",
            both("2月电、气、热台账", "February ledger: electricity, gas, heat"),
            both(
                "热力费用186.4万元、热量20,310 GJ，合91.8元/GJ，去年同期68.5元。"
                "是否把1月补交款计入2月？如是，请拆开填。",
                "Heat cost 1.864 million yuan for 20,310 GJ: 91.8 yuan a GJ against 68.5 last year. Was a late payment "
                "for January counted in February? If so, please split it.",
            ),
            False,
            both("待你修改", "Yours to mend"),
            both("去改这2处", "Mend these 2"),
        ),
        ReturnedWork(
            "dorm",
            both("寓专会", "Residences"),
            datetime(2027, 3, 9, 9, 0, tzinfo=_ZONE),
            "day",
            both("寒假留校学生安全检查表", "Safety check for students who stayed over winter"),
            both(
                "第7项照片是2026年1月拍的，请换成今年寒假的。",
                "The photograph of item 7 is from January 2026; please use one of this winter.",
            ),
            True,
            both("改后已收下，用时1天", "Mended and accepted within 1 day"),
        ),
        ReturnedWork(
            "food",
            both("伙专会", "Catering"),
            datetime(2027, 3, 2, 9, 0, tzinfo=_ZONE),
            "day",
            both("食材价格周报，2月第4周", "Food prices, fourth week of February"),
            both(
                "五花肉3.2元/kg，疑为元/斤或少一位。",
                "Pork belly at 3.2 yuan a kg: perhaps per jin, or a digit is missing.",
            ),
            True,
            both("改后已收下，用时2小时", "Mended and accepted within 2 hours"),
        ),
    ]

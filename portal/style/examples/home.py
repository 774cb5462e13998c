"""The front page: a lead, notices, three stories, readings, six committees, three doors."""

# Chinese text: invented content of the example pages.

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.charts import Spark, Trend, TrendLine, spark, trend
from portal.style.examples.words import both

MONTHLY = tuple(Decimal(text) for text in "4.02 3.31 3.05 2.01 1.92 2.28 1.86 1.62 2.35 1.98 2.71 3.57".split())
MONTHLY_BEFORE = tuple(Decimal(text) for text in "4.10 3.22 3.18 2.08 1.95 2.31 1.95 1.70 2.33 2.02 2.82 3.58".split())


@dataclass(frozen=True)
class Notice:
    """A notice that is open for comment."""

    room: str
    plate: str
    title: str
    passed: int
    total: int
    until: date


@dataclass(frozen=True)
class Story:
    """A story with its drawing."""

    drawing: str
    room: str
    plate: str
    title: str
    on: date


@dataclass(frozen=True)
class House:
    """A committee's house and its latest two pieces."""

    key: str
    drawing: str
    plate: str
    pieces: list[tuple[str, date]]


@dataclass(frozen=True)
class Reading:
    """A figure with its five years."""

    title: str
    value: Decimal
    before: Decimal
    unit: str
    places: int
    years: Spark


def _march(day: int) -> date:
    return date(2027, 3, day)


def notices() -> list[Notice]:
    """Two notices open for comment."""
    return [
        Notice(
            "dorm",
            both("寓专会", "Residences"),
            both(
                "2026年度学生公寓标准化评价拟达标名单（42栋）",
                "2026 review of student residences: 42 buildings proposed to pass",
            ),
            4,
            7,
            _march(18),
        ),
        Notice(
            "shop",
            both("商专会", "Campus shops"),
            both("校园商户准入备案（2027年第一批）17户", "Register of campus shops, first batch of 2027: 17 shops"),
            1,
            5,
            _march(19),
        ),
    ]


def headlines() -> list[tuple[date, str]]:
    """Other notices."""
    return [
        (
            _march(15),
            both(
                "关于做好停暖后管网放水保养和计量表读数留存的通知",
                "Draining and servicing the heating network after the season, and keeping the meter readings",
            ),
        ),
        (_march(11), both("2月能耗台账报送顺延至3月17日", "February energy ledger: new date, 17 March")),
        (
            _march(9),
            both(
                "2026年度能源资源消费年报开始填报，3月31日截止", "Annual energy return for 2026 is open, due 31 March"
            ),
        ),
        (
            _march(5),
            both(
                "《高校学生公寓管理办法（修订征求意见稿）》征求意见",
                "Draft rules for student residences: your comments, please",
            ),
        ),
        (_march(2), both("第三只眼看后勤摄影展征稿：灯火", "Call for photographs: Lights on campus")),
    ]


def stories() -> list[Story]:
    """Three stories."""
    return [
        Story(
            "drawings/pipes.html",
            "energy",
            both("能专会", "Energy"),
            both(
                "停暖不停表：换热站读数留存到4月底",
                "Heating stops, meters run on: keep station readings until the end of April",
            ),
            _march(15),
        ),
        Story(
            "drawings/doors.html",
            "dorm",
            both("寓专会", "Residences"),
            both(
                "一间宿舍的八十八个检查点：标准化复评怎么看",
                "Eighty-eight checkpoints in one room: how a residence is reviewed",
            ),
            _march(13),
        ),
        Story(
            "drawings/truck.html",
            "food",
            both("伙专会", "Catering"),
            both(
                "农校对接开春第一车：九所学校合签蔬菜保供协议",
                "Farm to campus: nine universities sign a joint vegetable supply agreement",
            ),
            _march(10),
        ),
    ]


def houses() -> list[House]:
    """The street of six houses."""
    return [*_west(), *_east()]


def _west() -> list[House]:
    return [
        House(
            "dorm",
            "drawings/dorm.html",
            both("公寓管理", "Residences"),
            [
                (
                    both("复评组走进滨城，看了312间宿舍", "Review team in Bincheng: 312 rooms seen in three days"),
                    _march(12),
                ),
                (
                    both("春季疏散演练脚本与计时表", "Script and timing sheet for the spring evacuation drill"),
                    _march(8),
                ),
            ],
        ),
        House(
            "food",
            "drawings/food.html",
            both("伙食管理", "Catering"),
            [
                (
                    both(
                        "3月第2周食材价格：叶菜回落6.1%", "Food prices, second week of March: leaf vegetables down 6.1%"
                    ),
                    _march(12),
                ),
                (both("一周食谱提前两周公布", "Menus now two weeks ahead"), _march(10)),
            ],
        ),
        House(
            "energy",
            "drawings/energy.html",
            both("能源管理", "Energy"),
            [
                (both("2月台账已收46所，17日截止", "February ledgers: 46 in, due on the 17th"), _march(15)),
                (both("折算系数2027版说明", "Conversion factors 2027, explained"), _march(4)),
            ],
        ),
    ]


def _east() -> list[House]:
    return [
        House(
            "shop",
            "drawings/shop.html",
            both("商贸管理", "Campus shops"),
            [
                (both("17户准入备案公示", "17 shops up for registration: comment now"), _march(12)),
                (both("校内商户年检材料清单", "Papers for the yearly check of campus shops"), _march(6)),
            ],
        ),
        House(
            "house",
            "drawings/house.html",
            both("房屋管理", "Housing"),
            [
                (both("青年教师周转房使用情况问卷", "Survey on flats for young teachers"), _march(11)),
                (both("公房调剂案例选：一层楼的账", "Sharing space: the accounts of one floor"), date(2027, 2, 26)),
            ],
        ),
        House(
            "estate",
            "drawings/estate.html",
            both("校园与物业", "Grounds"),
            [
                (both("春季修剪与飞絮防治作业要点", "Spring pruning and willow fluff: what to do"), _march(9)),
                (both("物业服务合同示范文本（三）", "Model contract for services, part three"), _march(3)),
            ],
        ),
    ]


def readings() -> list[Reading]:
    """Three figures and their five years."""
    rows = (
        (both("单位建筑面积能耗", "Energy per square metre"), "13.61 13.28 13.42 12.87 12.34", "kgce/m²", 2),
        (both("人均综合能耗", "Energy per person"), "471.2 463.8 468.0 460.1 448.4", both("kgce/人", "kgce a head"), 1),
        (both("人均用水量", "Water per person"), "46.9 48.8 48.1 47.3 45.6", both("m³/人", "m³ a head"), 1),
    )
    built = []
    for title, text, unit, places in rows:
        values = [Decimal(part) for part in text.split()]
        says = f"{title}: {', '.join(text.split())}"
        drawn = spark(values, start="2021", end="2025", says=says, places=places)
        built.append(Reading(title, values[-1], values[-2], unit, places, drawn))
    return built


def months() -> list[str]:
    """Labels of the twelve months."""
    return [str(both("1月", "Jan")), *(str(number) for number in range(2, 13))]


def monthly(bare: bool = False) -> Trend:
    """Energy by month; bare: this year only."""
    before = None if bare else TrendLine(str(both("2024年", "2024")), MONTHLY_BEFORE)
    says = both(
        "2025年各月综合能耗，单位万吨标准煤：1月4.02，8月最低1.62，12月3.57；采暖季明显高于其他月份",
        "Energy by month in 2025, in ten thousand tonnes of coal equivalent: January 4.02, lowest in "
        "August 1.62, December "
        "3.57; the heating season lies well above the rest",
    )
    return trend(
        TrendLine(str(both("2025年", "2025")), MONTHLY),
        months(),
        says=str(says),
        before=before,
        bands=[(0, 2), (10, 11)],
        band_word=str(both("采暖季", "heating")),
        small=bare,
    )

"""A bulletin of figures and the public card of one filing."""

# Chinese text: invented content of the example pages.

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.charts import Mix, MixKind, Ranked, Ranking, Trend, TrendLine, mix, ranking, trend
from portal.style.examples.words import both

DIGEST = "8525d0ac9ea2b4c39766c1d5992d6e94"
_ART, _TEACH, _FINANCE = both("艺术", "arts"), both("师范", "teaching"), both("财经", "finance")
_TONGUES, _SPORT, _TECH, _MEDICINE = (
    both("语言", "languages"),
    both("体育", "sport"),
    both("理工", "technical"),
    both("医药", "medicine"),
)


@dataclass(frozen=True)
class Line:
    """A row of the ledger: area in ten thousand m², people, tce, kgce/m², change, kgce a head, number of the filing."""

    name: str
    kind: str
    area: Decimal
    people: int
    energy: int
    per_area: Decimal
    moved: Decimal
    per_head: Decimal
    number: str
    mine: bool = False


_ROWS = (
    ("静澜音乐学院", "Jinglan Conservatory", _ART, "14.82 3120 1392 9.39 -0.024 446.2 0158"),
    ("津沽师范大学", "Jingu Normal University", _TEACH, "96.35 28740 9741 10.11 -0.044 338.9 0112"),
    ("沽上美术学院", "Gushang Academy of Art", _ART, "21.47 5260 2216 10.32 -0.036 421.3 0161"),
    ("三岔河财经大学", "Sancha University of Finance", _FINANCE, "68.90 21880 7386 10.72 -0.039 337.6 0120"),
    ("津门外国语学院", "Jinmen College of Languages", _TONGUES, "43.18 13450 4871 11.28 -0.028 362.2 0127"),
    ("海津体育学院", "Haijin College of Sport", _SPORT, "31.66 8210 3720 11.75 -0.023 453.1 0149"),
    ("南运河商学院", "Nanyunhe Business College", _FINANCE, "38.25 14320 4651 12.16 -0.043 324.8 0133"),
    ("渤湾科技大学", "Bowan University of Science", _TECH, "124.70 33860 15699 12.59 -0.036 463.6 0109"),
    ("海津城建大学", "Haijin University of Building", _TECH, "82.56 22410 10642 12.89 -0.038 474.9 0115"),
    ("海河理工大学", "Haihe University of Technology", _TECH, "112.40 31260 14837 13.20 -0.030 474.6 0137"),
    ("大沽海事学院", "Dagu Maritime College", _TECH, "47.93 12080 6514 13.59 0.003 539.2 0130"),
    ("子牙工业大学", "Ziya University of Industry", _TECH, "105.28 29930 14813 14.07 -0.038 494.9 0118"),
    ("海津中医药大学", "Haijin University of Chinese Medicine", _MEDICINE, "58.71 15640 8548 14.56 -0.012 546.5 0124"),
    ("望海医科大学", "Wanghai Medical University", _MEDICINE, "63.04 16920 10282 16.31 0.016 607.7 0121"),
)


def lines() -> list[Line]:
    """Fourteen named universities, from little to much."""
    built = []
    for han, english, kind, text in _ROWS:
        area, people, energy, per_area, moved, per_head, number = text.split()
        built.append(
            Line(
                both(han, english),
                kind,
                Decimal(area),
                int(people),
                int(energy),
                Decimal(per_area),
                Decimal(moved),
                Decimal(per_head),
                number,
                number == "0137",
            )
        )
    return built


def order() -> Ranking:
    """The fourteen against the average."""
    says = both(
        "十四所具名本科院校单位建筑面积能耗的点图，虚线是全市平均12.34：七所低于平均，七所高于平均，静澜音乐学院9.39最低，望海医科大学16.31最高，海河理工大学13.20",
        "Fourteen named universities by energy for each square metre; the dashed line is the average of "
        "12.34. Seven lie below, "
        "seven above: Jinglan Conservatory lowest at 9.39, Wanghai Medical University highest at 16.31, Haihe 13.20",
    )
    rows = [Ranked(str(line.name), line.per_area, mine=line.mine) for line in lines()]
    return ranking(rows, average=Decimal("12.34"), average_word=str(both("全市平均", "Average ")), says=str(says))


def shares() -> Mix:
    """What the energy is made of."""
    rows = (
        (both("电力", "Electricity"), 158541),
        (both("热力", "Heat"), 76770),
        (both("天然气", "Natural gas"), 64367),
        (both("油品", "Oil"), 3900),
        (both("其他", "Other"), 3231),
    )
    says = both(
        "用能结构，一格代表百分之一：电力52格，热力25格，天然气21格，油品1格，其他1格",
        "What the energy is made of, each window a hundredth: electricity 52, heat 25, natural gas 21, oil 1, other 1",
    )
    return mix([MixKind(str(name), Decimal(tce), f"{tce:,} tce") for name, tce in rows], says=str(says))


def years() -> Trend:
    """Five years for each square metre, and the goal."""
    says = both(
        "近五年单位建筑面积能耗，千克标准煤每平方米：2021年13.61，2022年13.28，2023年13.42，2024年12.87，2025年12.34，2026年目标12.20",
        "Energy for each square metre in five years, kgce: 13.61, 13.28, 13.42, 12.87, 12.34; goal for 2026: 12.20",
    )
    values = [Decimal(text) for text in ("13.61", "13.28", "13.42", "12.87", "12.34")]
    return trend(
        TrendLine(str(both("单位建筑面积能耗", "Energy per m²")), values),
        ["2021", "2022", "2023", "2024", "2025"],
        says=str(says),
        goal=Decimal("12.20"),
        goal_word=str(both("2026年目标12.20", "Goal for 2026: 12.20")),
        from_zero=False,
    )


def trail() -> list[tuple[str, str, str, date, str]]:
    """What happened to filing 0137."""
    return [
        ("draft", both("填报", "Filled in"), both("能源统计员", "energy clerk"), date(2026, 3, 11), ""),
        (
            "sent",
            both("审批并报送，第1版", "Approved and filed, version 1"),
            both("后勤处", "logistics office"),
            date(2026, 3, 18),
            "",
        ),
        (
            "back",
            both("退回", "Returned"),
            both("能专会审核组", "reviewers of the energy committee"),
            date(2026, 3, 23),
            both(
                "2月天然气比上年同月少六成五，像是读数单位成了CCF（1 CCF合2.8317 m³），请核对8块表。",
                "Gas in February is 65% below the year before: the readings may be in CCF (1 CCF is 2.8317 m³). "
                "Please check 8 meters.",
            ),
        ),
        (
            "sent",
            both("改后重报，第2版", "Mended and filed again, version 2"),
            both("旧数保留", "old figures kept"),
            date(2026, 3, 27),
            "",
        ),
        ("ok", both("审核通过", "Accepted"), "", date(2026, 4, 8), ""),
        ("pub", both("进入2025年度公报", "Part of the bulletin for 2025"), "", date(2026, 6, 18), ""),
    ]

"""What the style page lists: tokens with their ratios, rooms, states, icons."""

# Chinese text: invented content of the example pages.

import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

from portal.style.examples.words import both

STATES = ("none", "todo", "draft", "appr", "sent", "ok", "pub", "back", "late", "fix", "void", "ask", "wrong")
FACADE = ("ok",) * 11 + ("sent",) + ("ok",) * 3 + ("back", "draft", "none")
SPACES = (4, 8, 12, 16, 24, 32, 48, 72)
CODES = (400, 403, 404, 405, 413, 429, 500, 503)
ROOMS = (
    ("assoc", both("协会", "Association")),
    ("dorm", both("寓专会", "Residences")),
    ("food", both("伙专会", "Catering")),
    ("energy", both("能专会", "Energy")),
    ("shop", both("商专会", "Campus shops")),
    ("house", both("房专会", "Housing")),
    ("estate", both("物专会", "Grounds")),
)
SAID = (
    (
        "success",
        both(
            "已报送，备案号能备〔2027〕0141，回执已寄到后勤处邮箱。",
            "Filed as Energy (2027) 0141; the receipt is in the office’s mail.",
        ),
    ),
    ("info", both("3月台账已由表计带入42格。", "42 cells of the March ledger were carried over from the meters.")),
    ("warning", both("还有1处疑问没说明。", "1 question is not answered yet.")),
    ("error", both("没有存下：有2处要改。", "Not saved: 2 things to mend.")),
)


@dataclass(frozen=True)
class Swatch:
    """A token: its name, values by day and by night, meaning, ratio."""

    token: str
    name: str
    values: str
    means: str
    ratio: str = ""
    against: str = ""


@dataclass(frozen=True)
class SwatchGroup:
    """Tokens under one heading."""

    title: str
    rows: list[Swatch]


def icons() -> list[str]:
    """Names of all icons in the sprite."""
    found = finders.find("portal/icons/icons.svg")
    if not isinstance(found, str):
        return []
    return re.findall(r'<symbol id="([^"]+)"', Path(found).read_text(encoding="utf-8"))


_ENAMEL, _WHITE = both("对搪瓷面：", "on enamel: "), both("白字：", "white on it: ")


def swatches() -> list[SwatchGroup]:
    """Colours in four groups."""
    return [_walls(), _inks(), _states(), _committees()]


def _walls() -> SwatchGroup:
    return SwatchGroup(
        both("墙与墙裙：承载", "Wall and dado: they carry"),
        [
            Swatch("wall", both("粉墙", "Wall"), "#f6f9f7 / #0e141c", both("页面底", "ground of a page")),
            Swatch("enamel", both("搪瓷", "Enamel"), "#ffffff / #161e28", both("纸面、卡片", "sheets and cards")),
            Swatch("dado", both("墙裙", "Dado"), "#dbe9e0 / #20302f", both("表头、页脚", "heads and footers")),
            Swatch(
                "dado-2",
                both("浅墙裙", "Pale dado"),
                "#ecf4ef / #19252a",
                both("侧廊、次级底", "rails, second ground"),
            ),
            Swatch(
                "line-2",
                both("线", "Line"),
                "#75847e / #7f8e97",
                both("控件边，不低于3", "edges of controls, at least 3"),
                "3.9 / 5.0",
                _ENAMEL,
            ),
        ],
    )


def _inks() -> SwatchGroup:
    return SwatchGroup(
        both("墨：正文、次要、说明", "Ink: text, second, notes"),
        [
            Swatch("ink", both("墨", "Ink"), "#182230 / #e8edf0", both("正文", "text"), "16.0 / 14.2", _ENAMEL),
            Swatch(
                "ink-2",
                both("次墨", "Second ink"),
                "#3c4a52 / #bcc7ce",
                both("次要文字", "second text"),
                "9.2 / 9.8",
                _ENAMEL,
            ),
            Swatch(
                "ink-3",
                both("浅墨", "Pale ink"),
                "#56636a / #9ba8b0",
                both("说明、日期", "notes and days"),
                "6.2 / 6.9",
                _ENAMEL,
            ),
        ],
    )


def _states() -> SwatchGroup:
    return SwatchGroup(
        both(
            "四种状态色：灰未到，蓝在办，黄已亮，红被退",
            "Four states: grey to come, blue in hand, amber done, red sent back",
        ),
        [
            Swatch(
                "blue",
                both("搪瓷蓝", "Enamel blue"),
                "#1a4490 / #a5c2fa",
                both("秩序、可操作、在办", "order, to act on, in hand"),
                "9.2 / 9.4",
                _ENAMEL,
            ),
            Swatch(
                "lamp",
                both("灯黄", "Lamp"),
                "#ffc24a / #ffc24a",
                both("办结。只作填充，必带灯框", "done; a fill only, always framed"),
            ),
            Swatch(
                "calm",
                both("旧灯", "Calm"),
                "#fff3d6 / #3a2d12",
                both("成片时平常收下的", "done long ago, in a mass"),
            ),
            Swatch(
                "lamp-frame",
                both("灯框", "Frame"),
                "#7d4f0c / #5c3a05",
                both("灯黄的边与窗棂", "edge and bars of a lamp"),
                "7.0 / 1.6",
                _ENAMEL,
            ),
            Swatch(
                "red",
                both("印红", "Seal red"),
                "#b0242e / #fe9a9a",
                both("退回、逾期、填错", "sent back, overdue, wrong"),
                "6.7 / 8.2",
                _ENAMEL,
            ),
        ],
    )


def _committees() -> SwatchGroup:
    return SwatchGroup(
        both(
            "六个委员会：同一明度，六种色相，只用在门牌上",
            "Six committees: one lightness, six hues, on plates only",
        ),
        [
            Swatch(
                "dorm",
                both("暮紫", "Dusk"),
                "#564587 / #64529c",
                both("公寓：熄灯前的天", "residences: the sky before lights out"),
                "8.1 / 6.5",
                _WHITE,
            ),
            Swatch(
                "food",
                both("灶砖", "Stove brick"),
                "#854527 / #985535",
                both("伙食：灶膛的砖", "catering: bricks of the stove"),
                "7.3 / 5.7",
                _WHITE,
            ),
            Swatch(
                "energy",
                both("铜绿", "Verdigris"),
                "#0a625e / #12706b",
                both("能源：阀门上的铜绿", "energy: on old valves"),
                "7.2 / 5.9",
                _WHITE,
            ),
            Swatch(
                "shop",
                both("篷梅", "Awning"),
                "#81385c / #93456c",
                both("商贸：店面布篷", "shops: their awnings"),
                "7.9 / 6.3",
                _WHITE,
            ),
            Swatch(
                "house",
                both("木", "Timber"),
                "#6f5717 / #7e6625",
                both("房屋：梁与门", "housing: beams and doors"),
                "6.9 / 5.5",
                _WHITE,
            ),
            Swatch(
                "estate",
                both("树", "Tree"),
                "#376135 / #416f3f",
                both("物业：校园的树", "grounds: trees on campus"),
                "7.2 / 5.9",
                _WHITE,
            ),
        ],
    )

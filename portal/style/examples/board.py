"""A board: 61 invented universities by twelve months, in three liaison areas."""

# Chinese text: invented content of the example pages.

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.days import written
from portal.style.examples.words import both

_STATES = {
    "k": "ok",
    "K": "ok",
    "n": "none",
    "t": "todo",
    "d": "draft",
    "a": "appr",
    "s": "sent",
    "b": "back",
    "l": "late",
    "f": "fix",
    "v": "void",
}
_AREAS = (
    """海河理工大学|Haihe University of Technology|kkkkkkkkkkbd|x
津沽师范大学|Jingu Normal University|kkkkkkkkkkKn|
北洋职业技术学院|Beiyang Vocational College|kkkkkkkkkssn|
渤湾科技大学|Bowan University of Science|kkkkkkkkkkkd|
子牙工业大学|Ziya University of Industry|kkkkkkkkkssn|
海津城建大学|Haijin University of Building|kkkkfkkkkkKn|
望海医科大学|Wanghai Medical University|kkkkkkkkkksn|
海津中医药大学|Haijin University of Chinese Medicine|kkkkkkkkkkKn|
三岔河财经大学|Sancha University of Finance|kkkkkkkkkksn|
津门外国语学院|Jinmen College of Languages|kkkkkkkkkkkn|
沽上美术学院|Gushang Academy of Art|kkkkkkkkkbtn|x11
静澜音乐学院|Jinglan Conservatory|kkkkkkkkkkKn|
海津体育学院|Haijin College of Sport|kkkkkkkkkksn|
滨城农学院|Bincheng College of Farming|kkkkkkkkkkkn|
南运河商学院|Nanyunhe Business College|kkkkkkkkkKan|
大沽海事学院|Dagu Maritime College|kkkkkkkkkkKn|
盐坨化工职业学院|Yantuo Chemical College|kkkkkkkllltn|x9.3
潞河交通职业学院|Luhe Transport College|kkkkkkkkkssn|
永定纺织服装学院|Yongding Textile College|kkkkkkkkkkKn|
七里海生态职业学院|Qilihai Ecology College|vvvvvkkkkkdn|x10
蓟北林业职业学院|Jibei Forestry College|kkkkkkkkbltn|x9.2
杨柳艺术职业学院|Yangliu Arts College|kkkkkkkkkkdn|x10
明湖航空职业学院|Minghu Aviation College|kkkkkkkkkkan|
海津开放大学|Haijin Open University|kkkvvkkkkkkn|""",
    """海津财经大学|Haijin University of Finance|kkkkkkkkkkKn|
海津商业大学|Haijin University of Commerce|kkkkkkkkkkkn|
海津轻工大学|Haijin University of Light Industry|kkkkkkkkkksn|
海津交通学院|Haijin Transport Institute|kkkkkkkkkkkn|
海津警官学院|Haijin Police College|kkkkkkkkkksn|
海津电力学院|Haijin Electric Power College|kkkkkkkkkkKn|
海津水利学院|Haijin Hydraulics College|kkkkkkkkkkbn|x11
海津邮电学院|Haijin Post and Telecom College|kkkkkkkkkkkn|
海津地质学院|Haijin College of Geology|kkkkkkkkkkkn|
北塘幼儿师范学院|Beitang Teachers' College|kkkkkkkkkkdn|x10
海津戏曲学院|Haijin Opera School|kkkvvkkkkksn|
双港职业学院|Shuanggang College|kkkkkkkkkkkn|
咸水职业技术学院|Xianshui Vocational College|kkkkkkkkkltn|x9.2
杨村护理学院|Yangcun Nursing College|kkkkkkkkkkKn|
海津铁道职业学院|Haijin Railway College|kkkkkkkkkksn|
海津轻纺职业学院|Haijin Textile College|kkkkkkkkkkkn|
海津石化职业学院|Haijin Petrochemical College|kkkkkkkkkkkn|
海津食品职业学院|Haijin Food College|kkkkkkkkkkkn|
海津信息职业学院|Haijin College of Computing|kkkkkkkkbkan|x10
海津建筑职业学院|Haijin Construction College|kkkkkkkkkkKn|
海津旅游职业学院|Haijin Tourism College|kkkkkkkkkkkn|""",
    """海津第二师范学院|Haijin Second Teachers' College|kkkkkkkkkkkn|
海津理工职业学院|Haijin Technical College|kkkkkkkkkkkn|
海津冶金职业学院|Haijin Metallurgy College|kkkkkkkkkksn|
海津机电职业学院|Haijin Machinery College|kkkkkkkkkkkn|
海津电子职业学院|Haijin Electronics College|kkkkkkkkkkkn|
海津商务职业学院|Haijin Trade College|kkkkkkkkkkkn|
海津卫生职业学院|Haijin Health College|kkkkkkkkkkkn|
海津青年学院|Haijin Youth College|kkkvvkkkkktn|x
海津管理干部学院|Haijin Administration College|kkkkkkkkkkkn|
海津工会学院|Haijin Union College|kkkkkkkkkkdn|x
海津城市学院|Haijin City College|kkkkkkkkkkkn|
湾口学院|Wankou College|kkkkkkkkkksn|
海津文理学院|Haijin Liberal Arts College|kkkkkkkkkkKn|
海津国际学院|Haijin International College|kkkkkkkkkkkn|
海津网络学院|Haijin Online College|kkkkkkkkkltn|x9.1
海津民族学院|Haijin College of Nationalities|kkkkkkkkkkkn|""",
)
#: Shares accepted by month, as a committee reads them below the wall; None where nothing is due yet.
SHARES = (100, 100, 100, 100, 98, 100, 100, 98, 95, 87, 56, None)
#: The legend that filters: state, tone, another word than the window's own, count (nought: no link).
LEGEND = (
    ("ok", "new", both("上次来后新亮", "New since last time"), 12),
    ("ok", "calm", both("已收下", "Accepted"), 608),
    ("sent", "", "", 15),
    ("appr", "", "", 3),
    ("draft", "", "", 4),
    ("todo", "", "", 6),
    ("back", "", "", 5),
    ("late", "", both("逾期", "Overdue"), 6),
    ("fix", "", "", 1),
    ("none", "", "", 0),
    ("void", "", "", 0),
)


@dataclass(frozen=True)
class Cell:
    """One window of the wall."""

    state: str
    label: str
    href: str
    tone: str
    now: bool


@dataclass(frozen=True)
class Row:
    """One university: css is warn, back, fine or nothing; `step` the next step for the committee."""

    number: int
    name: str
    css: str
    ticked: bool
    cells: list[Cell]
    done: str
    reminded: SafeString
    step: str


@dataclass(frozen=True)
class Area:
    """A liaison area; `red` and `waiting` count for its head, `counts` by month when it is folded."""

    number: int
    title: str
    open: bool
    rows: list[Row]
    red: int
    waiting: int
    counts: list[tuple[int, int]]

    @property
    def fine(self) -> int:
        """How many rows a phone leaves out."""
        return sum(1 for row in self.rows if row.css == "fine")


@dataclass(frozen=True)
class Month:
    """A column: css rest, heat; `now` the month that is being collected."""

    number: int
    year: int
    css: str
    now: bool

    @property
    def name(self) -> str:
        """4月, or Apr."""
        return f"{self.number}月" if both("zh", "en") == "zh" else date(self.year, self.number, 1).strftime("%b")


def months() -> list[Month]:
    """April 2026 to March 2027."""
    columns = []
    for index in range(12):
        year, number = (2026, index + 4) if index < 9 else (2027, index - 8)
        css = "rest" if number in (7, 8) else "heat" if number in (11, 12, 1, 2, 3) else ""
        columns.append(Month(number, year, css, number == 2))
    return columns


def areas() -> list[Area]:
    """The wall, the third area folded."""
    titles = (both("第一片", "Area 1"), both("第二片", "Area 2"), both("第三片", "Area 3"))
    built, first = [], 1
    for index, (title, table) in enumerate(zip(titles, _AREAS, strict=True)):
        lines = [line.split("|") for line in table.splitlines()]
        rows = [_row(first + offset, *line) for offset, line in enumerate(lines)]
        built.append(_area(index + 1, title, rows, [line[2] for line in lines]))
        first += len(lines)
    return built


def _area(number: int, title: str, rows: list[Row], codes: list[str]) -> Area:
    letters = "".join(codes)
    counts = [
        (sum(code[month] in "bl" for code in codes), sum(code[month] in "tdas" for code in codes))
        for month in range(12)
    ]
    red = letters.count("b") + letters.count("l")
    return Area(number, title, number < 3, rows, red, letters.count("s"), counts)


def _row(number: int, han: str, english: str, codes: str, mark: str) -> Row:
    name = both(han, english)
    due = codes.rstrip("nd") if codes[:11].strip("kKv") == "" else codes[:11]
    css = "warn" if "l" in codes else "back" if "b" in codes else "fine" if not due.strip("kKv") else ""
    accepted, asked = sum(codes[:11].count(letter) for letter in "kK"), 11 - codes[:11].count("v")
    step = _step(codes, css)
    return Row(
        number=number,
        name=name,
        css=css,
        ticked=mark.startswith("x"),
        cells=[_cell(name, month, codes[index], index == 10) for index, month in enumerate(months())],
        done=f"{accepted}/{asked}",
        reminded=_reminded(mark.removeprefix("x")),
        step=step,
    )


def _cell(name: str, month: Month, code: str, now: bool) -> Cell:
    quiet = code in "kKnv"
    label = "" if quiet else format_html("{}{}", name, both("", " ")) + month.name
    return Cell(_STATES[code], label, "" if quiet else "#", "new" if code == "K" else "", now)


def _step(codes: str, css: str) -> str:
    steps = (
        (css == "warn", both("催报", "Remind")),
        (css == "back", both("等校改", "Awaited")),
        ("s" in codes, both("去审", "Check")),
        ("f" in codes, both("看更正", "Correction")),
        (css == "", both("提醒", "Nudge")),
    )
    return next((word for fits, word in steps if fits), "")


def _reminded(mark: str) -> SafeString:
    if not mark:
        return SafeString("—")
    day, _, times = mark.partition(".")
    said = written(date(2027, 3, int(day)))
    return format_html("{} {}", said, both(f"第{times}次", f"({times})")) if times else format_html("{}", said)

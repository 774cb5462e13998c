"""The board as it is shown: schools by calls, what is missing, since when, who has to move, who was reminded. No reads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from math import ceil
from typing import Any

from committees.filings.models import Call, Filing
from committees.filings.windows_of import EXEMPT_KEYS, LEGEND, RED, SHOWN, Shown
from tenants.models import School, SchoolType

_ALWAYS = ("ok", "sent", "late", "back")
#: A front of windows has no more than these, so that it stays a picture.
MOST_WINDOWS = 120
_PRESSING = {key: place for place, key in enumerate(("late", "back", "sent", "said", "asked", "appr", "draft", "todo"))}
_NEXT = {
    "sent": "check",
    "said": "check",
    "asked": "check",
    "back": "answer",
    **dict.fromkeys(("ok", "refused", "none", "fixing", *EXEMPT_KEYS), ""),
}
#: Marks beside the states: filed after its day, and doubts that the school explained in words.
MARKS = ("late", "doubt")


def short_of(call: Call) -> str:
    """2019, 26-03: a call's period in as few signs as it takes."""
    return call.period[2:] if "-" in call.period else call.period


@dataclass(frozen=True)
class Asked:
    """What the person asked the board for: a state, a mark beside it, a type of school, words of a name, an order, a page,
    every row on a phone. `only_filed`: the reader knows of nothing but what was filed."""

    state: str = ""
    mark: str = ""
    type: str = ""
    words: str = ""
    sort: str = "type"
    page: int = 1
    every: bool = False
    only_filed: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.state or self.mark or self.type or self.words)


@dataclass(frozen=True)
class Cell:
    """One filing on the board. `days`: working days since its day passed (late) or since it came here (filed, returned)."""

    filing: Filing
    call: Call
    key: str
    since: datetime
    days: int
    questions: int

    @property
    def shown(self) -> Shown:
        """Window and word."""
        return SHOWN[self.key]

    @property
    def short(self) -> str:
        """Its period, where windows stand beside each other."""
        return short_of(self.call)

    @property
    def red(self) -> bool:
        """Whether it calls first."""
        return self.key in RED

    @property
    def next(self) -> str:
        """Who has to move: check (we), answer or school (they), nobody."""
        return _NEXT.get(self.key, "school")


@dataclass(frozen=True)
class Reminded:
    """When a school was last reminded of what the board shows, on how many days in all, and by whom (empty: by the job)."""

    last_on: date
    days: int
    by: str = ""


@dataclass(frozen=True)
class Row:
    """One school with its cells, in the order of the columns (None: not addressed), and its last reminder."""

    school: School
    cells: Sequence[Cell | None]
    reminded: Reminded | None = None

    @cached_property
    def given(self) -> list[Cell]:
        """The cells there are."""
        return [cell for cell in self.cells if cell]

    @cached_property
    def accepted(self) -> int:
        """How many are accepted."""
        return sum(cell.key == "ok" for cell in self.given)

    @cached_property
    def owed_count(self) -> int:
        """How many are asked for: those exempt are not."""
        return sum(cell.key not in EXEMPT_KEYS for cell in self.given)

    @cached_property
    def worst(self) -> Cell | None:
        """The cell to act on: overdue, then returned, then to check, then open; None when all is done."""
        pressing = [cell for cell in self.given if cell.key in _PRESSING]
        return min(pressing, key=lambda cell: (_PRESSING[cell.key], cell.since), default=None)

    @property
    def remindable(self) -> bool:
        """Whether there is something to remind the school of."""
        return any(cell.next in {"school", "answer"} for cell in self.given)

    @property
    def css(self) -> str:
        """How the row is dressed: late, returned, or fine (left out on a phone)."""
        if self.worst is None:
            return "fine"
        return {"late": "warn", "back": "back"}.get(self.worst.key, "")


@dataclass(frozen=True)
class Zone:
    """Rows under one heading (a type of school), or all of them without a heading. `size`, `red` and `waiting` count the
    whole type, also what stands on other pages."""

    rows: Sequence[Row]
    type: str = ""
    size: int = 0
    red: int = 0
    waiting: int = 0

    @property
    def label(self) -> str:
        """The heading."""
        return str(SchoolType(self.type).label) if self.type else ""

    @property
    def fine(self) -> int:
        """Rows that a phone leaves out."""
        return sum(row.css == "fine" for row in self.rows)


@dataclass(frozen=True)
class Column:
    """One call as a column: its heading and the share accepted of what is due."""

    call: Call
    accepted: int
    total: int

    @property
    def short(self) -> str:
        """The period over a window."""
        return short_of(self.call)

    @property
    def share(self) -> int | None:
        """Per cent accepted."""
        return self.accepted * 100 // self.total if self.total else None


@dataclass(frozen=True)
class Tallied:
    """Counts by state, and the legend made of them."""

    counts: Counter[str]

    @property
    def total(self) -> int:
        """How many filings are addressed, before a state is chosen."""
        return sum(self.counts.values())

    @property
    def legend(self) -> list[tuple[Shown, int]]:
        """The states that occur, with counts."""
        return [(shown, self.counts[shown.key]) for shown in LEGEND if self.counts[shown.key] or shown.key in _ALWAYS]


@dataclass(frozen=True)
class CallBoard(Tallied):
    """One call on the committee's own page: the counts, and a front of windows drawn from them."""

    @property
    def windows(self) -> list[Shown]:
        """One window a filing, state by state; of more than `MOST_WINDOWS` filings each state's share, rounded up."""
        scale = max(self.total / MOST_WINDOWS, 1)
        return [shown for shown in LEGEND for _nth in range(ceil(self.counts[shown.key] / scale))]


@dataclass(frozen=True)
class Board(Tallied):
    """All of it: zones of rows on this page, columns, the legend with its counts, and the three things to look at first.

    `schools`: how many schools have something in a state. `firsts`: the cell that has stood longest in a state.
    """

    zones: Sequence[Zone]
    columns: Sequence[Column]
    asked: Asked
    page: Any
    schools: Mapping[str, int] = field(default_factory=dict)
    firsts: Mapping[str, Cell] = field(default_factory=dict)
    late_filed: int = 0

    @property
    def legend(self) -> list[tuple[Shown, int]]:
        """As of any tally; that nothing is overdue is nothing to say to whom knows only of what was filed."""
        return [(shown, n) for shown, n in super().legend if n or not (self.asked.only_filed and shown.key == "late")]

    @property
    def rows(self) -> list[Row]:
        """The rows of this page, in order."""
        return [row for zone in self.zones for row in zone.rows]

    @property
    def waiting_first(self) -> Cell | None:
        """The filing that has waited longest for the committee."""
        return self.firsts.get("sent")

    @property
    def late_first(self) -> Cell | None:
        """The one that has been due longest."""
        return self.firsts.get("late")

    @property
    def back_first(self) -> Cell | None:
        """The one that was returned first."""
        return self.firsts.get("back")

    @property
    def late_schools(self) -> int:
        """How many schools are late with something."""
        return self.schools.get("late", 0)

    @property
    def back_schools(self) -> int:
        """How many schools have something to answer."""
        return self.schools.get("back", 0)

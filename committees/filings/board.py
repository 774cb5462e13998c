"""The board: schools by calls of one kind, what is missing, since when, and who has to move. No writes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils import timezone

from committees.calendar.workdays import workdays_between
from committees.filings.models import Call, Filing
from committees.filings.windows_of import EXEMPT_KEYS, LEGEND, RED, SHOWN, Shown, shown_state
from committees.roster.models import Committee
from tenants.models import School, SchoolType

MOST_COLUMNS = 12


@dataclass(frozen=True)
class Asked:
    """What the person asked the board for: a state, a type of school, words of a name, an order, every row on a phone."""

    state: str = ""
    type: str = ""
    words: str = ""
    sort: str = "type"
    every: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.state or self.type or self.words)


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
    def red(self) -> bool:
        """Whether it calls first."""
        return self.key in RED

    @property
    def next(self) -> str:
        """Who has to move: check (we), answer or school (they), nobody."""
        return {
            "sent": "check",
            "said": "check",
            "back": "answer",
            **dict.fromkeys(("ok", "refused", "none", *EXEMPT_KEYS), ""),
        }.get(self.key, "school")


@dataclass(frozen=True)
class Row:
    """One school with its cells, in the order of the columns (None: not addressed)."""

    school: School
    cells: Sequence[Cell | None]

    @cached_property
    def given(self) -> list[Cell]:
        """The cells there are."""
        return [cell for cell in self.cells if cell]

    @cached_property
    def accepted(self) -> int:
        """How many are accepted."""
        return sum(cell.key == "ok" for cell in self.given)

    @cached_property
    def worst(self) -> Cell | None:
        """The cell to act on: overdue, then returned, then to check, then open; None when all is done."""
        order = {key: n for n, key in enumerate(("late", "back", "sent", "said", "appr", "draft", "todo"))}
        pressing = [cell for cell in self.given if cell.key in order]
        return min(pressing, key=lambda cell: (order[cell.key], cell.since), default=None)

    @property
    def css(self) -> str:
        """How the row is dressed: late, returned, or fine (left out on a phone)."""
        if self.worst is None:
            return "fine"
        return {"late": "warn", "back": "back"}.get(self.worst.key, "")

    @property
    def owed(self) -> tuple[int, int, int]:
        """For sorting by what is owed, most first."""
        keys = Counter(cell.key for cell in self.given)
        return (-keys["late"], -keys["back"], -sum(keys[key] for key in ("sent", "appr", "draft", "todo")))


@dataclass(frozen=True)
class Zone:
    """Rows under one heading (a type of school), or all of them without a heading."""

    rows: Sequence[Row]
    type: str = ""

    @property
    def label(self) -> str:
        """The heading."""
        return str(SchoolType(self.type).label) if self.type else ""

    @property
    def red(self) -> int:
        """Red cells in it."""
        return sum(cell.red for row in self.rows for cell in row.given)

    @property
    def waiting(self) -> int:
        """Cells that wait for the committee."""
        return sum(cell.key == "sent" for row in self.rows for cell in row.given)

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
        """2019, 26-03: what fits over a window."""
        return self.call.period[2:] if "-" in self.call.period else self.call.period

    @property
    def share(self) -> int | None:
        """Per cent accepted."""
        return self.accepted * 100 // self.total if self.total else None


@dataclass(frozen=True)
class Board:
    """All of it: zones of rows, columns, the legend with its counts, and the three things to look at first."""

    zones: Sequence[Zone]
    columns: Sequence[Column]
    counts: Counter[str]
    asked: Asked
    cells: Sequence[Cell] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All rows shown, in order."""
        return [row for zone in self.zones for row in zone.rows]

    @property
    def total(self) -> int:
        """How many filings are addressed, before a state is chosen."""
        return sum(self.counts.values())

    @property
    def legend(self) -> list[tuple[Shown, int]]:
        """The states that occur, with counts."""
        return [(shown, self.counts[shown.key]) for shown in LEGEND if self.counts[shown.key] or shown.key in _ALWAYS]

    @property
    def waiting_first(self) -> Cell | None:
        """The filing that has waited longest for the committee."""
        return self._first("sent")

    @property
    def late_first(self) -> Cell | None:
        """The one that has been due longest."""
        return self._first("late")

    @property
    def back_first(self) -> Cell | None:
        """The one that was returned first."""
        return self._first("back")

    @property
    def late_schools(self) -> int:
        """How many schools are late with something."""
        return self._schools("late")

    @property
    def back_schools(self) -> int:
        """How many schools have something to answer."""
        return self._schools("back")

    def _first(self, key: str) -> Cell | None:
        return max((cell for cell in self.cells if cell.key == key), key=lambda cell: cell.days, default=None)

    def _schools(self, key: str) -> int:
        return len({cell.filing.school_id for cell in self.cells if cell.key == key})


_ALWAYS = ("ok", "sent", "late", "back")


def calls_on_board(committee: Committee) -> list[Call]:
    """Calls of a committee that were sent out, oldest period first. One query."""
    sent = Call.objects.filter(committee=committee).exclude(state__in=("drafted", "cancelled"))
    return list(sent.order_by("period", "due_on", "pk"))


def filings_on_board(calls: Iterable[Call]) -> QuerySet[Filing]:
    """The filings of some calls with all the board shows. One query, without the sealed payloads."""
    return (
        Filing.objects.filter(call__in=[call.pk for call in calls])
        .select_related("school", "duty", "latest")
        .defer("latest__payload")
        .annotate(questions=Count("latest__decisions__items"))
        .order_by("school__pinyin", "pk")
    )


def read_board(calls: Sequence[Call], asked: Asked, today: date) -> Board:
    """The board of some calls (columns) as somebody asked for it. One query."""
    columns = list(calls)[-MOST_COLUMNS:]
    by_call = {call.pk: call for call in columns}
    cells = [_cell(filing, by_call[filing.call_id], today) for filing in filings_on_board(columns)]
    cells = [cell for cell in cells if _named(cell.filing.school, asked)]
    rows = _rows(cells, columns)
    if asked.state:
        rows = [row for row in rows if any(cell.key == asked.state for cell in row.given)]
    heads = [_column(call, cells) for call in columns]
    return Board(_zones(rows, asked.sort), heads, _counts(cells), asked, cells)


def boards_of(calls: Sequence[Call], today: date) -> list[tuple[Call, Board]]:
    """A board for each of some calls. One query for all."""
    asked = Asked(sort="name")
    by_call = {call.pk: call for call in calls}
    found: dict[int, list[Cell]] = {call.pk: [] for call in calls}
    for filing in filings_on_board(calls):
        found[filing.call_id].append(_cell(filing, by_call[filing.call_id], today))
    return [
        (call, Board(_zones(_rows(cells, [call]), "name"), [_column(call, cells)], _counts(cells), asked, cells))
        for call in calls
        for cells in [found[call.pk]]
    ]


def _counts(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(cell.key for cell in cells)


def _cell(filing: Filing, call: Call, today: date) -> Cell:
    key = shown_state(filing.state, call.opens_on, filing.duty.due_on, today, counts=filing.counted_id is not None)
    start = filing.duty.due_on if key == "late" else timezone.localtime(filing.state_since).date()
    days = max(workdays_between(start, today), 0)
    questions = filing.questions if filing.state == "returned" else 0  # type: ignore[attr-defined]
    return Cell(filing, call, key, filing.state_since, days, questions)


def _named(school: School, asked: Asked) -> bool:
    words = "".join(asked.words.lower().split())
    found = words in school.name_zh or words in "".join(f"{school.pinyin} {school.name_en}".lower().split())
    return found and (not asked.type or school.type == asked.type)


def _rows(cells: Sequence[Cell], columns: Sequence[Call]) -> list[Row]:
    place = {call.pk: n for n, call in enumerate(columns)}
    schools: dict[int, School] = {}
    grid: dict[int, list[Cell | None]] = {}
    for cell in cells:
        schools[cell.filing.school_id] = cell.filing.school
        grid.setdefault(cell.filing.school_id, [None] * len(columns))[place[cell.call.pk]] = cell
    return [Row(schools[pk], line) for pk, line in grid.items()]


def _zones(rows: Sequence[Row], sort: str) -> list[Zone]:
    if sort == "owed":
        return [Zone(sorted(rows, key=lambda row: row.owed))] if rows else []
    if sort == "name":
        return [Zone(rows)] if rows else []
    kinds = [kind for kind in SchoolType.values if any(row.school.type == kind for row in rows)]
    return [Zone([row for row in rows if row.school.type == kind], kind) for kind in kinds]


def _column(call: Call, cells: Sequence[Cell]) -> Column:
    own = [cell for cell in cells if cell.call.pk == call.pk and cell.key not in EXEMPT_KEYS]
    return Column(call, sum(cell.key == "ok" for cell in own), len(own))

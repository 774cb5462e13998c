"""Reads of the board: one page of schools, chosen, sorted and counted by the database, so that 1000 cost what 60 do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower, Replace
from django.utils import timezone

from committees.calendar.workdays import workdays_between
from committees.filings.board import Asked, Board, CallBoard, Cell, Column, Reminded, Row, Zone
from committees.filings.flows import UNFILED, UNSENT
from committees.filings.models import Call, Filing, Reminder
from committees.filings.windows_of import EXEMPT_KEYS, RED, shown_state
from committees.filings.windows_sql import EXPLAINED, shown_key, standing_since
from committees.roster.models import Committee
from tenants.models import School, SchoolType

MOST_COLUMNS = 12
ROWS = 60
_FIRST = ("sent", "late", "back")
_BY_TYPE = Case(
    *(When(type=kind, then=Value(place)) for place, kind in enumerate(SchoolType.values)), output_field=IntegerField()
)


def calls_on_board(committee: Committee) -> list[Call]:
    """Calls of a committee that were sent out, oldest period first. One query."""
    sent = Call.objects.filter(committee=committee).exclude(state__in=(*UNSENT, "cancelled"))
    return list(sent.order_by("period", "due_on", "pk"))


def filings_on_board(calls: Iterable[Call], *, only_filed: bool) -> QuerySet[Filing]:
    """The filings of some calls with all the board shows. One query, without the sealed payloads. `only_filed`: none
    that was never filed."""
    return (
        _of_calls(calls, only_filed)
        .select_related("school", "duty", "latest")
        .defer("latest__payload")
        .annotate(questions=Count("latest__decisions__items"))
        .order_by("school__pinyin", "pk")
    )


def _of_calls(calls: Iterable[Call], only_filed: bool) -> QuerySet[Filing]:
    rows = Filing.objects.filter(call__in=[call.pk for call in calls])
    return rows.filter(latest__isnull=False) if only_filed else rows


def keyed(calls: Iterable[Call], today: date, *, only_filed: bool) -> QuerySet[Any]:
    """The filings of some calls, each with `key`: what it shows today (`only_filed`: to whom knows only what was filed)."""
    return _of_calls(calls, only_filed).annotate(key=shown_key(today, only_filed=only_filed)).order_by()


def schools_on_board(calls: Sequence[Call], asked: Asked, today: date) -> QuerySet[School]:
    """The schools that some calls went to and that the person asked for, in the order asked for."""
    cells = keyed(calls, today, only_filed=asked.only_filed)
    schools = _named(School.objects.filter(pk__in=cells.values("school")), asked)
    if asked.state:
        cells = cells.filter(key=asked.state)
    if asked.mark:
        cells = cells.filter(Q(late=True, filed_on__isnull=False) if asked.mark == "late" else EXPLAINED)
    if asked.state or asked.mark:
        schools = schools.filter(pk__in=cells.values("school"))
    return _ordered(schools, calls, asked, today)


def read_board(calls: Sequence[Call], asked: Asked, today: date, rows: int | None = ROWS) -> Board:
    """One page of the board of some calls (the last twelve are its columns). A fixed number of queries; `rows` None: all
    schools on one page (for files)."""
    columns = list(calls)[-MOST_COLUMNS:]
    schools = schools_on_board(columns, asked, today)
    sizes = _sizes(schools)
    page = _page(schools, sum(sizes.values()), asked.page, rows)
    shown = list(page.object_list)
    lines = _lines(shown, columns, today, asked.only_filed)
    within = keyed(columns, today, only_filed=asked.only_filed).filter(
        school__in=_named(School.objects.all(), asked).values("pk")
    )
    tally = _tally(within)
    return Board(
        counts=_sum(tally, "key"), zones=_zones(lines, asked.sort, sizes, tally),
        columns=[_column(call, tally) for call in columns], asked=asked, page=page, schools=_schools(within),
        firsts=_firsts(within, columns, today, asked.only_filed), late_filed=sum(row["n"] for row in tally if row["late"]),
    )  # fmt: skip


def boards_of(calls: Sequence[Call], today: date, *, only_filed: bool) -> list[tuple[Call, CallBoard]]:
    """What the filings of some calls show, counted call by call by the database. One query, however many schools."""
    found: dict[int, Counter[str]] = {call.pk: Counter() for call in calls}
    counted = keyed(calls, today, only_filed=only_filed).values("call", "key").annotate(n=Count("pk"))
    for call, key, n in counted.values_list("call", "key", "n"):
        found[call][key] = n
    return [(call, CallBoard(found[call.pk])) for call in calls]


def oldest_sent(calls: Sequence[Call], today: date, *, only_filed: bool) -> Cell | None:
    """The filing of some calls that has waited longest to be checked. One query."""
    return _firsts(keyed(calls, today, only_filed=only_filed), calls, today, only_filed).get("sent")


def cell_of(filing: Filing, call: Call, today: date, *, only_filed: bool) -> Cell:
    """A filing read by `filings_on_board`, as a cell."""
    key = shown_state(
        filing.state, call.opens_on, filing.duty.due_on, today, counts=filing.counted_id is not None,
        only_filed=only_filed,
    )  # fmt: skip
    since = filing.latest.sealed_at if only_filed and filing.latest else filing.state_since
    start = filing.duty.due_on if key == "late" else timezone.localtime(since).date()
    days = max(workdays_between(start, today), 0)
    questions = getattr(filing, "questions", 0) if key == "back" else 0
    return Cell(filing, call, key, since, days, questions)


def reminded_of(schools: Iterable[School], calls: Iterable[Call]) -> dict[int, Reminded]:
    """Who was last reminded of something under some calls, when, on how many days, by whom. One query."""
    found: dict[int, Reminded] = {}
    rows = Reminder.objects.filter(filing__school__in=[s.pk for s in schools], filing__call__in=[c.pk for c in calls])
    days: dict[int, set[date]] = {}
    for school, day, by in rows.order_by("day", "pk").values_list("filing__school", "day", "by__name"):
        days.setdefault(school, set()).add(day)
        found[school] = Reminded(day, len(days[school]), by or "")
    return found


def _named(schools: QuerySet[School], asked: Asked) -> QuerySet[School]:
    if asked.type:
        schools = schools.filter(type=asked.type)
    words = "".join(asked.words.lower().split())
    if not words:
        return schools
    joined = {
        name: Replace(Lower(field), Value(" "), Value("")) for name, field in (("py", "pinyin"), ("en", "name_en"))
    }
    found = schools.annotate(**joined)
    return found.filter(Q(name_zh__icontains=words) | Q(py__contains=words) | Q(en__contains=words))


def _ordered(schools: QuerySet[School], calls: Sequence[Call], asked: Asked, today: date) -> QuerySet[School]:
    if asked.sort == "name":
        return schools.order_by("pinyin", "pk")
    if asked.sort != "owed":
        return schools.order_by(_BY_TYPE, "pinyin", "pk")
    here = Q(filings__call__in=[call.pk for call in calls])
    if asked.only_filed:
        here &= Q(filings__latest__isnull=False)
    unfiled = here & Q(filings__state__in=UNFILED, filings__counted__isnull=True)
    owed = {
        "overdue": Count("filings", filter=unfiled & Q(filings__duty__due_on__lt=today)),
        "back": Count("filings", filter=here & Q(filings__state="returned")),
        "rest": Count("filings", filter=here & Q(filings__state__in=("filed", "taken_up", "none_said")) | unfiled),
    }
    counted: QuerySet[Any] = schools.annotate(**owed)
    return counted.order_by("-overdue", "-back", "-rest", "pinyin", "pk")


def _sizes(schools: QuerySet[School]) -> dict[str, int]:
    """How many schools of each type there are."""
    plain = School.objects.filter(pk__in=schools.order_by().values("pk")).order_by()
    return dict(plain.values("type").annotate(n=Count("pk")).values_list("type", "n"))


class _Counted(Paginator[School]):
    """Pages of schools whose number is known already."""

    def __init__(self, schools: QuerySet[School], per_page: int, count: int) -> None:
        super().__init__(schools, per_page)
        self.__dict__["count"] = count


def _page(schools: QuerySet[School], count: int, number: int, rows: int | None) -> Any:
    return _Counted(schools, rows or max(count, 1), count).get_page(number)


def _lines(schools: Sequence[School], columns: Sequence[Call], today: date, only_filed: bool) -> list[Row]:
    """The rows of some schools; two queries. Who was reminded is nothing that was filed."""
    place = {call.pk: n for n, call in enumerate(columns)}
    by_call = {call.pk: call for call in columns}
    grid: dict[int, list[Cell | None]] = {school.pk: [None] * len(columns) for school in schools}
    for filing in filings_on_board(columns, only_filed=only_filed).filter(school__in=list(grid)).order_by():
        cell = cell_of(filing, by_call[filing.call_id], today, only_filed=only_filed)
        grid[filing.school_id][place[filing.call_id]] = cell
    reminded = {} if only_filed else reminded_of(schools, columns)
    return [Row(school, grid[school.pk], reminded.get(school.pk)) for school in schools]


def _tally(cells: QuerySet[Any]) -> list[dict[str, Any]]:
    """How many filings, by call, type of school, what they show, and whether they came late. One query."""
    rows = cells.values("call", "school__type", "key", "late").annotate(n=Count("pk"))
    return [dict(row) for row in rows]


def _sum(tally: Sequence[Mapping[str, Any]], by: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in tally:
        found[row[by]] += row["n"]
    return found


def _schools(cells: QuerySet[Any]) -> dict[str, int]:
    rows = cells.filter(key__in=RED).values("key").annotate(n=Count("school", distinct=True))
    return dict(rows.values_list("key", "n"))


def _firsts(cells: QuerySet[Any], columns: Sequence[Call], today: date, only_filed: bool) -> dict[str, Cell]:
    """The filing that has stood longest in each of the pressing states. One query."""
    by_call = {call.pk: call for call in columns}
    longest = (
        cells.filter(key__in=_FIRST)
        .annotate(since=standing_since(today, only_filed=only_filed))
        .order_by("key", "since", "pk")
    )
    found = longest.distinct("key").select_related("school", "duty", "latest").defer("latest__payload")
    return {row.key: cell_of(row, by_call[row.call_id], today, only_filed=only_filed) for row in found}


def _zones(
    rows: Sequence[Row], sort: str, sizes: Mapping[str, int], tally: Sequence[Mapping[str, Any]]
) -> list[Zone]:  # fmt: skip
    if sort in {"owed", "name"}:
        return [Zone(rows, size=sum(sizes.values()))] if rows else []
    return [
        _zone(kind, own, sizes, tally)
        for kind in SchoolType.values
        if (own := [r for r in rows if r.school.type == kind])
    ]


def _zone(kind: str, rows: Sequence[Row], sizes: Mapping[str, int], tally: Sequence[Mapping[str, Any]]) -> Zone:
    counts = _sum([row for row in tally if row["school__type"] == kind], "key")
    red = sum(counts[key] for key in RED)
    return Zone(rows, kind, size=sizes.get(kind, 0), red=red, waiting=counts["sent"] + counts["said"])


def _column(call: Call, tally: Sequence[Mapping[str, Any]]) -> Column:
    counts = _sum([row for row in tally if row["call"] == call.pk], "key")
    return Column(call, counts["ok"], sum(n for key, n in counts.items() if key not in EXEMPT_KEYS))

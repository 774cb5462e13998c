"""The single schools of a bulletin: sorted, searched, filtered and paged by the database, as far as the call discloses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Lower, Replace

from committees.energy.calls import filings_behind, is_held_back, values_of
from committees.energy.layouts import LAYOUTS
from committees.filings.models import Call, Disclosure, Figure, Filing
from committees.filings.slugs import slug_of
from tenants.models import SchoolType

PER_PAGE = 60
PINYIN = ("school__pinyin", "pk")


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of the table: a type of school, words of its name, a column to sort by (- before it: falling).
    `everything`: for those who may see each filing whatever the disclosure. Without names, all but that is set aside."""

    type: str = ""
    text: str = ""
    sort: str = ""
    everything: bool = False

    @property
    def narrows(self) -> bool:
        """Whether some schools are left out."""
        return bool(self.type or self.text)


@dataclass(frozen=True)
class Line:
    """One school's line: figures by code (None: not defined), and its filing's number as an address."""

    filing: Filing
    figures: Mapping[str, Decimal | None]
    named: bool

    @property
    def name(self) -> str:
        """The school's name, or nothing where names are not disclosed."""
        return self.filing.school.name if self.named else ""

    @property
    def slug(self) -> str:
        """The address of the filing's card; nothing where it is not open."""
        return slug_of(self.filing.number) if self.named and self.filing.number else ""

    @property
    def serial(self) -> str:
        """The last part of the filing's number."""
        return self.slug.rsplit("-", 1)[-1]


@dataclass(frozen=True)
class Tally:
    """Over all lines that match: how many, how many of them below the average, how many came late."""

    count: int
    below: int
    late: int


def names_schools(call: Call, *, everything: bool = False) -> bool:
    """Whether single schools are shown by name."""
    return call.disclosure == Disclosure.NAMED or everything


def shows_schools(call: Call, *, everything: bool = False) -> bool:
    """Whether single schools are shown at all."""
    return not is_held_back(call, everything=everything) and (call.disclosure != Disclosure.TOTALS or everything)


def rows_of(call: Call, wanted: Wanted) -> QuerySet[Filing]:
    """The filings of the table in its order, each with `ranked` (the value schools are compared by) and `sorted_by`.
    What is not defined stands last either way. Without names: by the ranked value, rising, whatever is asked."""
    if not shows_schools(call, everything=wanted.everything):
        return filings_behind(call).none()
    layout = LAYOUTS[call.kind]
    rows = filings_behind(call).annotate(ranked=_value(layout.ranked))
    if not names_schools(call, everything=wanted.everything):
        return rows.order_by(F("ranked").asc(nulls_last=True), "pk")
    code, falling = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if code == "name":
        rows = rows.order_by(*(f"-{one}" if falling else one for one in PINYIN))
    else:
        column = F("ranked")
        if code in layout.columns and code != layout.ranked:
            rows, column = rows.annotate(sorted_by=_value(code)), F("sorted_by")
        order = column.desc(nulls_last=True) if falling else column.asc(nulls_last=True)
        rows = rows.order_by(order, *PINYIN)
    return _narrowed(rows, wanted)


def page_of(call: Call, wanted: Wanted, number: str | int | None) -> Page[Filing]:
    """One page of the table; the nearest there is for a number that is none."""
    return Paginator(rows_of(call, wanted), PER_PAGE).get_page(number)


def lines_of(call: Call, filings: Sequence[Filing], *, everything: bool = False) -> list[Line]:
    """Filings of the table as lines. One query. Without names: the ranked value only."""
    layout, named = LAYOUTS[call.kind], names_schools(call, everything=everything)
    values = values_of(filings, layout.columns if named else (layout.ranked,))
    return [Line(filing, values.get(filing.counted_id or 0, {}), named) for filing in filings]


def tally_of(call: Call, wanted: Wanted, average: Decimal | None) -> Tally:
    """Nothing where single schools are not shown; else one query."""
    if not shows_schools(call, everything=wanted.everything):
        return Tally(0, 0, 0)
    rows = rows_of(call, wanted).order_by()
    below = Q(ranked__lt=average) if average is not None else Q(pk__isnull=True)
    found = rows.aggregate(count=Count("pk"), below=Count("pk", filter=below), late=Count("pk", filter=Q(late=True)))
    return Tally(**found)


def types_of(call: Call, *, everything: bool = False) -> list[tuple[str, str, int]]:
    """(type, its name, how many count), for calls that name their schools: the small number of a type would tell a single
    one elsewhere. One query."""
    if not shows_schools(call, everything=everything) or not names_schools(call, everything=everything):
        return []
    rows = filings_behind(call).order_by().values("school__type").annotate(n=Count("pk"))
    counts = {row["school__type"]: row["n"] for row in rows}
    return [(kind, str(SchoolType(kind).label), counts[kind]) for kind in SchoolType.values if kind in counts]


def _narrowed(rows: QuerySet[Filing], wanted: Wanted) -> QuerySet[Filing]:
    if wanted.type:
        rows = rows.filter(school__type=wanted.type)
    if wanted.text:
        rows = rows.annotate(py=Replace(Lower("school__pinyin"), Value(" "), Value("")))
    for word in wanted.text.split():
        rows = rows.filter(
            Q(school__name_zh__icontains=word) | Q(school__name_en__icontains=word) | Q(py__contains=word.lower())
            | Q(number__icontains=word)
        )  # fmt: skip
    return rows


def _value(code: str) -> Subquery:
    figures = Figure.objects.filter(filing_version=OuterRef("counted"), indicator=code)
    return Subquery(figures.values("value")[:1])

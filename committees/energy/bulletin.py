"""The energy bulletin of one call: totals, ratios of totals, the single schools as far as the call discloses. No writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from committees.energy.filings import ANNUAL, PRIMARY
from committees.filings.disclosures import Meaning, meaning_of
from committees.filings.flows import EXEMPT
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call, Disclosure, Figure, Filing, RollUp
from committees.filings.queries import totals_of
from committees.filings.ratios import Ratio, ratios_of
from committees.filings.schema import Form, Named
from committees.filings.slugs import number_of, slug_of
from tenants.models import SchoolType

KINDS = (ANNUAL, PRIMARY)
#: Where schools are not named, totals over fewer filings than this would tell a single one.
FEWEST = 3


@dataclass(frozen=True)
class Layout:
    """What a kind's bulletin shows: the tray, the columns of the table (the first ratio is what it ranks by), the mix."""

    tray: tuple[str, ...]
    columns: tuple[str, ...]
    ranked: str
    mix: tuple[tuple[Named, tuple[str, ...]], ...]


LAYOUTS = {
    PRIMARY: Layout(
        ("energy_total", "energy_per_area", "co2_total", "area_total"),
        ("area_total", "energy_total", "energy_per_area", "energy_per_area_buildings", "energy_per_area_dormitories",
         "co2_per_area"),
        "energy_per_area",
        (
            (Named("教学办公用电", "electricity of school buildings"), ("electricity_buildings",)),
            (Named("教学办公燃料", "fuel of school buildings"), ("fossil_buildings",)),
            (Named("学生公寓用电", "electricity of dormitories"), ("electricity_dormitories",)),
            (Named("学生公寓燃料", "fuel of dormitories"), ("fossil_dormitories",)),
        ),
    ),
    ANNUAL: Layout(
        ("energy_total", "energy_per_area", "energy_per_capita", "water"),
        ("building_area", "users_count", "energy_total", "energy_per_area", "energy_per_capita", "water_per_capita"),
        "energy_per_area",
        (
            (Named("电", "electricity"), ("tce_electricity",)),
            (Named("热力", "heat"), ("tce_heat",)),
            (Named("燃气", "gas"), ("tce_natural_gas", "tce_lpg", "tce_coal_gas")),
            (Named("油品和煤", "oil and coal"), ("tce_gasoline", "tce_diesel", "tce_coal")),
            (Named("其他", "other"), ("tce_other_energy",)),
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Headline:
    """One figure of the association: a total, or a ratio of totals. `value` None: not defined."""

    code: str
    name: str
    value: Decimal | None
    unit: str
    schools: int
    ratio: bool

    @property
    def places(self) -> int | None:
        """Two decimals for a ratio, all there are for a total."""
        whole = self.value is not None and self.value == self.value.to_integral_value()
        return None if whole and not self.ratio else 2


@dataclass(frozen=True)
class Column:
    """A column of the table."""

    code: str
    name: str
    unit: str
    ratio: bool


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
class Ranked:
    """A name and a value, for the drawing."""

    name: str
    value: Decimal | None
    href: str = ""


@dataclass(frozen=True)
class MixPart:
    """A share of the whole."""

    name: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class Bulletin:
    """All that the page shows. `held_back`: too few filings count, so not even totals are shown."""

    call: Call
    kind: Kind
    form: Form
    meaning: Meaning
    counted: int
    addressed: int
    tray: Sequence[Headline]
    columns: Sequence[Column]
    lines: Sequence[Line]
    types: Sequence[tuple[str, str, int]]
    parts: Sequence[MixPart]
    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    totals: Mapping[str, RollUp] = field(default_factory=dict)
    coefficients: Sequence[str] = ()
    held_back: bool = False

    @property
    def ranked(self) -> Column:
        """The column schools are compared by."""
        return next(column for column in self.columns if column.code == LAYOUTS[self.kind.code].ranked)

    @property
    def average(self) -> Decimal | None:
        """The ratio of totals behind that column."""
        found = self.ratios.get(self.ranked.code)
        return found.value if found else None

    def total(self, code: str) -> Decimal | None:
        """A column over everything that counts: the sum, or the ratio of sums."""
        if code in self.ratios:
            return self.ratios[code].value
        return self.totals[code].total if code in self.totals else None

    @property
    def slug(self) -> str:
        """The bulletin's address."""
        return slug_of(self.call.number)


def published_calls() -> QuerySet[Call]:
    """Calls with a bulletin: open or closed, and something accepted. Newest period first."""
    accepted = Count("filings", filter=Q(filings__counted__isnull=False))
    calls = Call.objects.filter(kind__in=KINDS, state__in=("opened", "closed")).select_related("committee", "form")
    return (
        calls.annotate(accepted=accepted, addressed=Count("filings", filter=~Q(filings__state__in=EXEMPT)))
        .filter(accepted__gt=0)
        .order_by("-period", "-pk")
    )


def published_call(slug: str) -> Call | None:
    """The call whose bulletin stands at this address."""
    number = number_of(slug)
    return published_calls().filter(number=number).first() if number else None


def read_bulletin(call: Call, *, type: str = "", sort: str = "", everything: bool = False) -> Bulletin:
    """The bulletin of a call. `type` keeps one type of school, `sort` is a column's code (- before it: falling).
    `everything`: for those who may see each filing whatever the disclosure. Raises MixedBases."""
    kind, form = kind_of(call.kind), call.form.form()
    layout, totals = LAYOUTS[call.kind], totals_of(call)
    counted: int = call.accepted  # type: ignore[attr-defined]
    held_back = call.disclosure != Disclosure.NAMED and counted < FEWEST and not everything
    if held_back:
        totals = {}
    ratios = ratios_of(kind, totals) if totals else {}
    columns = [_column(code, kind, form, ratios, totals) for code in layout.columns]
    lines = [] if held_back else _lines(call, layout, everything)
    types = _types(lines) if any(line.named for line in lines) else []
    lines = [line for line in lines if not type or line.filing.school.type == type]
    return Bulletin(
        call, kind, form, meaning_of(call.disclosure), counted, call.addressed,  # type: ignore[attr-defined]
        [_headline(code, kind, form, ratios, totals) for code in layout.tray] if totals else [],
        columns, _sorted(lines, sort or layout.ranked, layout), types, _parts(layout, totals), ratios, totals,
        _coefficients(call), held_back,
    )  # fmt: skip


def tray_of(call: Call) -> list[Headline]:
    """The panel of figures of a call from `published_calls`, without the single schools (for the home page)."""
    kind, form, totals = kind_of(call.kind), call.form.form(), totals_of(call)
    counted: int = call.accepted  # type: ignore[attr-defined]
    if not totals or (call.disclosure != Disclosure.NAMED and counted < FEWEST):
        return []
    ratios = ratios_of(kind, totals)
    return [_headline(code, kind, form, ratios, totals) for code in LAYOUTS[call.kind].tray]


def name_of(code: str, kind: Kind, form: Form) -> str:
    """What a figure is called: a computed one by the kind, a direct one by section and item of the form."""
    if code in kind.figure_names:
        return str(kind.figure_names[code])
    for section in form.sections:
        for indicator in section.indicators:
            if indicator.code == code:
                if kind.code != PRIMARY or len(section.indicators) == 1:
                    return str(indicator.name)
                return _("%(section)s: %(item)s") % {"section": section.name, "item": indicator.name}
    raise KeyError(code)


def filings_behind(call: Call) -> QuerySet[Filing]:
    """The filings that count, in pinyin order of their schools; without payloads."""
    counted = call.filings.filter(counted__isnull=False).select_related("school", "counted")
    return counted.defer("counted__payload").order_by("school__pinyin", "pk")


def values_of(call: Call, codes: Iterable[str]) -> dict[int, dict[str, Decimal | None]]:
    """Figures of the counted versions: version -> code -> value. One query."""
    found: dict[int, dict[str, Decimal | None]] = {}
    counted = call.filings.filter(counted__isnull=False).values("counted")
    rows = Figure.objects.filter(filing_version__in=counted, indicator__in=list(codes))
    for version, code, value in rows.values_list("filing_version_id", "indicator", "value"):
        found.setdefault(version, {})[code] = value
    return found


def _lines(call: Call, layout: Layout, everything: bool) -> list[Line]:
    if call.disclosure == Disclosure.TOTALS and not everything:
        return []
    named = call.disclosure == Disclosure.NAMED or everything
    codes = layout.columns if named else (layout.ranked,)
    values = values_of(call, codes)
    return [Line(filing, values.get(filing.counted_id or 0, {}), named) for filing in filings_behind(call)]


def _sorted(lines: Sequence[Line], sort: str, layout: Layout) -> list[Line]:
    """By a column; what is not defined stands last either way. Without names, always by the one value shown."""
    if lines and not lines[0].named:
        sort = layout.ranked
    code, falling = sort.removeprefix("-"), sort.startswith("-")
    if code == "name":
        return sorted(lines, key=lambda line: line.filing.school.pinyin, reverse=falling)
    code = code if code in layout.columns else layout.ranked
    defined = [line for line in lines if line.figures.get(code) is not None]
    missing = [line for line in lines if line.figures.get(code) is None]
    return sorted(defined, key=lambda line: line.figures[code] or Decimal(0), reverse=falling) + missing


def _headline(code: str, kind: Kind, form: Form, ratios: Mapping[str, Ratio], totals: Mapping[str, RollUp]) -> Headline:
    if code in ratios:
        found = ratios[code]
        base = totals.get(found.bottom)
        return Headline(code, found.name, found.value, found.unit, base.schools if base else 0, ratio=True)
    row = totals.get(code)
    name = name_of(code, kind, form)
    return Headline(
        code, name, row.total if row else None, row.unit if row else "", row.schools if row else 0, ratio=False
    )


def _column(code: str, kind: Kind, form: Form, ratios: Mapping[str, Ratio], totals: Mapping[str, RollUp]) -> Column:
    if code in kind.ratios:
        return Column(code, str(kind.figure_names[code]), kind.ratios[code][2], ratio=True)
    row = totals.get(code)
    unit = row.unit if row else ""
    return Column(code, name_of(code, kind, form), unit, ratio=False)


def _types(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    counts = [(kind, sum(line.filing.school.type == kind for line in lines)) for kind in SchoolType.values]
    return [(kind, str(SchoolType(kind).label), n) for kind, n in counts if n]


def _parts(layout: Layout, totals: Mapping[str, RollUp]) -> list[MixPart]:
    parts = []
    for name, codes in layout.mix:
        rows = [totals[code] for code in codes if code in totals]
        quantity = sum((row.total for row in rows), Decimal(0))
        if quantity > 0:
            parts.append(MixPart(str(name), quantity, rows[0].unit))
    return sorted(parts, key=lambda part: part.quantity, reverse=True)


def _coefficients(call: Call) -> list[str]:
    used = call.filings.filter(counted__isnull=False).exclude(counted__coefficients="")
    return list(used.order_by("counted__coefficients").values_list("counted__coefficients", flat=True).distinct())

"""The energy bulletin of one call: totals, ratios of totals, the single schools as far as the call discloses. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.core.paginator import Page

from committees.energy.bulletin_lines import Line, Tally, Wanted, lines_of, page_of, rows_of, tally_of, types_of
from committees.energy.calls import coefficients_of, is_held_back
from committees.energy.layouts import LAYOUTS, Layout, name_of
from committees.filings.disclosures import Meaning, meaning_of
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call, Filing, RollUp
from committees.filings.queries import totals_of
from committees.filings.ratios import Ratio, ratios_of
from committees.filings.schema import Form
from committees.filings.slugs import slug_of


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


NOTHING, PUBLIC = Tally(0, 0, 0), Wanted()


@dataclass(frozen=True)
class Bulletin:
    """All that the page shows. `held_back`: too few filings count, so not even totals are shown. `lines` are those of
    `page`, or all of them where no page was asked for (files); `tally` counts all that match."""

    call: Call
    kind: Kind
    form: Form
    meaning: Meaning
    counted: int
    addressed: int
    tray: Sequence[Headline]
    columns: Sequence[Column]
    parts: Sequence[MixPart]
    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    totals: Mapping[str, RollUp] = field(default_factory=dict)
    coefficients: Sequence[str] = ()
    held_back: bool = False
    lines: Sequence[Line] = ()
    types: Sequence[tuple[str, str, int]] = ()
    tally: Tally = NOTHING
    page: Page[Filing] | None = None
    wanted: Wanted = PUBLIC

    @property
    def ranked(self) -> Column:
        """The column schools are compared by."""
        return next(column for column in self.columns if column.code == LAYOUTS[self.kind.code].ranked)

    @property
    def named(self) -> bool:
        """Whether the schools shown are named."""
        return any(line.named for line in self.lines)

    @property
    def first(self) -> int:
        """The number of the first line shown."""
        return self.page.start_index() if self.page and self.lines else 1

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


def read_head(call: Call, *, everything: bool = False) -> Bulletin:
    """The bulletin of a call from `published_calls` without its single schools: what was rolled up. `everything`: for those
    who may see each filing whatever the disclosure. Raises MixedBases."""
    kind, form = kind_of(call.kind), call.form.form()
    layout, held_back = LAYOUTS[call.kind], is_held_back(call, everything=everything)
    totals = {} if held_back else totals_of(call)
    ratios = ratios_of(kind, totals) if totals else {}
    return Bulletin(
        call, kind, form, meaning_of(call.disclosure), call.accepted, call.addressed,  # type: ignore[attr-defined]
        [_headline(code, kind, form, ratios, totals) for code in layout.tray] if totals else [],
        [column_of(code, kind, form, totals) for code in layout.columns], _parts(layout, totals), ratios, totals,
        held_back=held_back,
    )  # fmt: skip


def read_bulletin(call: Call, wanted: Wanted = PUBLIC, page: str | int | None = None) -> Bulletin:
    """The same with the single schools as far as the call discloses: one page of them, or all where `page` is None."""
    head = read_head(call, everything=wanted.everything)
    shown = None if page is None else page_of(call, wanted, page)
    filings = list(rows_of(call, wanted)) if shown is None else list(shown.object_list)
    return replace(
        head, coefficients=coefficients_of(call), lines=lines_of(call, filings, everything=wanted.everything), page=shown,
        wanted=wanted, types=types_of(call, everything=wanted.everything), tally=tally_of(call, wanted, head.average),
    )  # fmt: skip


def tray_of(call: Call) -> list[Headline]:
    """The panel of figures of a call from `published_calls`, without the single schools (for the home page)."""
    return list(read_head(call).tray)


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


def column_of(code: str, kind: Kind, form: Form, totals: Mapping[str, RollUp]) -> Column:
    """A figure as a column: its name, its unit as it was rolled up."""
    if code in kind.ratios:
        return Column(code, str(kind.figure_names[code]), kind.ratios[code][2], ratio=True)
    row = totals.get(code)
    unit = row.unit if row else ""
    return Column(code, name_of(code, kind, form), unit, ratio=False)


def _parts(layout: Layout, totals: Mapping[str, RollUp]) -> list[MixPart]:
    parts = []
    for name, codes in layout.mix:
        rows = [totals[code] for code in codes if code in totals]
        quantity = sum((row.total for row in rows), Decimal(0))
        if quantity > 0:
            parts.append(MixPart(str(name), quantity, rows[0].unit))
    return sorted(parts, key=lambda part: part.quantity, reverse=True)

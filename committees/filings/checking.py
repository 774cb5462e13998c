"""What an officer looks at in a filing: this year beside last, position among all filed, findings, versions. No writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise

from committees.filings.answers import Answer, Coefficients, FigureDraft, Finding, Severity
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Call, Figure, Filing, FilingVersion, RollUp
from committees.filings.presenting import between_items
from committees.filings.queries import answer_in, previous_answer, versions_of
from committees.filings.ratios import ratio
from committees.filings.schema import Form, Indicator, Named
from committees.roster.models import Committee

#: States of a filing that lie before the committee or were decided: their latest versions are compared.
FILED = ("filed", "taken_up", "returned", "accepted")
TO_CHECK = ("filed", "taken_up", "none_said")


@dataclass(frozen=True)
class Doubt:
    """Something a rule found, and the sentence the clerk wrote about it."""

    message: str | Promise
    fault: bool


@dataclass(frozen=True)
class Item:
    """One indicator of the filing as the officer sees it. `asked`: what stands in the box of questions."""

    code: str
    name: Named
    hint: Named
    unit: str
    value: Decimal | None
    before: Decimal | None
    source: str
    note: str
    part: bool
    doubts: Sequence[Doubt] = ()
    asked: str = ""
    question: str = ""
    text: str = ""
    text_before: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class Section:
    """Items under one heading of the form."""

    name: Named
    items: Sequence[Item]


@dataclass(frozen=True)
class Position:
    """Where one ratio of this filing stands among all filed ones. `rank` counts from the smallest, 1 is the first."""

    code: str
    name: str
    unit: str
    value: Decimal | None
    before: Decimal | None
    others: Sequence[Decimal]
    average: Decimal | None
    rank: int | None

    @property
    def count(self) -> int:
        """How many are compared."""
        return len(self.others)


@dataclass(frozen=True)
class Line:
    """One indicator over all versions, oldest first; `changed` says where it differs from the version before."""

    section: Named
    name: Named
    unit: str
    values: Sequence[tuple[Decimal | str | None, bool]]
    is_number: bool = True

    @property
    def moved(self) -> bool:
        """Whether any version changed it."""
        return any(changed for _value, changed in self.values)


@dataclass(frozen=True)
class Sheet:
    """Everything about one filing that the page shows."""

    filing: Filing
    version: FilingVersion
    kind: Kind
    form: Form
    sections: Sequence[Section]
    positions: Sequence[Position]
    versions: Sequence[FilingVersion]
    lines: Sequence[Line]
    figures: Mapping[str, FigureDraft] = field(default_factory=dict)

    #: Last year's values come from an old return that nobody checked here.
    carried: bool = False

    @property
    def doubts(self) -> int:
        """How many findings there are."""
        return sum(len(item.doubts) for section in self.sections for item in section.items)


def read_sheet(filing: Filing, asked: Mapping[str, str] | None = None) -> Sheet | None:
    """The sheet of a filing's latest version; None while nothing is filed. `asked`: questions typed and not yet sent."""
    versions = list(versions_of(filing))
    if not versions:
        return None
    version, kind = versions[0], kind_of(filing.call.kind)
    form = version.form.form()
    before = previous_answer(filing)
    sealed = answer_in(version, form)
    answer = Answer(form, sealed.entries, before, sealed.files)
    sections = _sections(form, answer, kind.findings(answer), asked or {}, _last_questions(versions))
    coefficients = kind.coefficients_in(version.coefficients)
    drafts = {draft.indicator: draft for draft in kind.figures(answer, coefficients)}
    own = {code: draft.value for code, draft in drafts.items()}
    past = _values(kind, before, coefficients) if before else {}
    return Sheet(
        filing, version, kind, form, sections, _positions(filing, kind, own, past), versions,
        _lines(form, versions[::-1]), drafts, carried=before is not None and before.carried,
    )  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What accepting a filing does to the association's main total."""

    name: Named
    now: Decimal
    then: Decimal
    unit: str


def effect_of(sheet: Sheet) -> Effect | None:
    """The main total (the kind's first figure) before and after acceptance; None where the filing adds nothing to it."""
    code = next(iter(sheet.kind.figure_names), "")
    figure = sheet.figures.get(code)
    if figure is None or figure.value is None:
        return None
    row = RollUp.objects.filter(call=sheet.filing.call_id, indicator=code).first()
    now = row.total if row else Decimal(0)
    replaces = sheet.filing.counted_id
    counted = Figure.objects.filter(filing_version=replaces, indicator=code).first() if replaces else None
    now_without = now - (counted.value or 0) if counted else now
    return Effect(sheet.kind.figure_names[code], now, now_without + figure.value, figure.unit)


def neighbours(filing: Filing, committee: Committee) -> tuple[Filing | None, Filing | None]:
    """The filing to check before and after this one, by the time they came in. One query."""
    waiting = list(
        Filing.objects.filter(call__committee=committee, state__in=TO_CHECK)
        .select_related("school")
        .order_by("latest__sealed_at", "pk")
    )
    keys = [one.pk for one in waiting]
    if filing.pk in keys:
        place = keys.index(filing.pk)
        return (waiting[place - 1] if place else None), (waiting[place + 1] if place + 1 < len(waiting) else None)
    return None, (waiting[0] if waiting else None)


def _last_questions(versions: Sequence[FilingVersion]) -> dict[str, str]:
    """What was asked last: at the latest version, else at the one before, which the latest answers."""
    for version in versions[:2]:
        if found := {item.indicator: item.reason for one in version.decisions.all() for item in one.items.all()}:
            return found
    return {}


def _sections(
    form: Form, answer: Answer, findings: Sequence[Finding], asked: Mapping[str, str], questions: Mapping[str, str]
) -> list[Section]:
    found: dict[str, list[Doubt]] = {}
    for finding in findings:
        found.setdefault(finding.indicator, []).append(Doubt(finding.message, finding.severity == Severity.FAULT))
    return [
        Section(section.name, [_item(i, answer, found.get(i.code, []), asked, questions) for i in section.indicators])
        for section in form.sections
    ]  # fmt: skip


def _item(
    indicator: Indicator,
    answer: Answer,
    doubts: Sequence[Doubt],
    asked: Mapping[str, str],
    questions: Mapping[str, str],
) -> Item:
    entry = answer.entries.get(indicator.code)
    before = answer.previous.value(indicator.code) if answer.previous else None
    return Item(
        indicator.code, indicator.name, indicator.hint, indicator.unit, answer.value(indicator.code), before,
        entry.source if entry else "", entry.note if entry else "", bool(indicator.part_of or indicator.cost_of), doubts,
        asked.get(indicator.code, ""), questions.get(indicator.code, ""),
        answer.text(indicator.code) or between_items().join(answer.files.get(indicator.code, ())),
        answer.previous.text(indicator.code) if answer.previous else "", indicator.is_number,
    )  # fmt: skip


def _values(kind: Kind, answer: Answer, coefficients: Coefficients) -> dict[str, Decimal | None]:
    return {draft.indicator: draft.value for draft in kind.figures(answer, coefficients)}


def _positions(
    filing: Filing, kind: Kind, own: Mapping[str, Decimal | None], past: Mapping[str, Decimal | None]
) -> list[Position]:
    everyone = _everyone(filing.call, kind)
    return [
        _position(code, kind, own, past, everyone)
        for code in kind.ratios
        if own.get(code) is not None or past.get(code) is not None or code in own
    ]


def _position(
    code: str, kind: Kind, own: Mapping[str, Decimal | None], past: Mapping[str, Decimal | None],
    everyone: Sequence[Mapping[str, Decimal | None]],
) -> Position:  # fmt: skip
    top, bottom, unit, factor = kind.ratios[code]
    others = sorted(value for one in everyone if (value := one.get(code)) is not None)
    value = own.get(code)
    average = ratio(_sum(everyone, top), _sum(everyone, bottom), factor)
    rank = None if value is None else 1 + sum(other < value for other in others)
    return Position(code, str(kind.figure_names[code]), unit, value, past.get(code), others, average, rank)


def _sum(everyone: Iterable[Mapping[str, Decimal | None]], code: str) -> Decimal:
    return sum((value for one in everyone if (value := one.get(code)) is not None), Decimal(0))


def _everyone(call: Call, kind: Kind) -> list[dict[str, Decimal | None]]:
    """The figures of every filing of the call that was filed, computed from what is sealed. Two queries."""
    latest = Filing.objects.filter(call=call, state__in=FILED).values("latest")
    coefficients: dict[str, Coefficients] = {}
    forms: dict[int, Form] = {}
    found = []
    for version in FilingVersion.objects.filter(pk__in=latest).select_related("form"):
        form = forms.setdefault(version.form_id, version.form.form())
        name = version.coefficients
        coefficients[name] = coefficients.get(name) or kind.coefficients_in(name)
        found.append(_values(kind, answer_in(version, form, papers=False), coefficients[name]))
    return found


def _lines(form: Form, versions: Sequence[FilingVersion]) -> list[Line]:
    """Versions side by side; nothing where there is only one."""
    if len(versions) < 2:
        return []
    answers = [answer_in(version, version.form.form()) for version in versions]
    lines = []
    for section, indicator in [(part, item) for part in form.sections for item in part.indicators]:
        if indicator.is_file:
            continue
        values: list[Decimal | str | None] = [
            answer.value(indicator.code) if indicator.is_number else answer.text(indicator.code) for answer in answers
        ]
        pairs = [(value, n > 0 and value != values[n - 1]) for n, value in enumerate(values)]
        lines.append(Line(section.name, indicator.name, indicator.unit, pairs, indicator.is_number))
    return lines

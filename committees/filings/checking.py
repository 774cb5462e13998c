"""What an officer looks at in a filing: this year beside last, position among all filed, findings, versions. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise

from committees.filings.answers import Answer, FigureDraft, Finding, Severity
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import Figure, Filing, FilingVersion, RollUp
from committees.filings.presenting import between_items
from committees.filings.queries import answer_in, previous_answer, versions_of
from committees.filings.schema import Form, Indicator, Named
from committees.filings.standings import Position, positions_of, values_of
from committees.roster.models import Committee

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
class Spot:
    """One item at which a rule found something."""

    code: str
    name: Named
    message: str | Promise
    answered: bool


@dataclass(frozen=True)
class Check:
    """One rule and what it found in the filing; nothing found is a result too."""

    id: str
    name: str | Promise
    advice: str | Promise
    spots: Sequence[Spot] = ()


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

    #: What each rule of the kind found, in the order of the rules.
    checks: Sequence[Check] = ()
    #: Last year's values come from an old return that nobody checked here.
    carried: bool = False

    @property
    def hits(self) -> list[Check]:
        """The rules that found something."""
        return [check for check in self.checks if check.spots]

    @property
    def passed(self) -> list[Check]:
        """The rules that found nothing."""
        return [check for check in self.checks if not check.spots]

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
    found = kind.findings(answer)
    sections = _sections(form, answer, found, asked or {}, _last_questions(versions))
    coefficients = kind.coefficients_in(version.coefficients)
    drafts = {draft.indicator: draft for draft in kind.figures(answer, coefficients)}
    own = {code: draft.value for code, draft in drafts.items()}
    past = values_of(kind, before, coefficients) if before else {}
    return Sheet(
        filing, version, kind, form, sections, positions_of(filing, kind, own, past), versions,
        _lines(form, versions[::-1]), drafts, checks=_checks(kind, answer, found),
        carried=before is not None and before.carried,
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


def neighbours(filing: Filing, committee: Committee, *, only_filed: bool) -> tuple[Filing | None, Filing | None]:
    """The filing to check before and after this one, by the time they came in. One query. `only_filed`: none that was
    never filed (a statement that there is no such item)."""
    waits = Filing.objects.filter(call__committee=committee, state__in=TO_CHECK)
    waiting = list(
        (waits.filter(latest__isnull=False) if only_filed else waits)
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


def _checks(kind: Kind, answer: Answer, findings: Sequence[Finding]) -> list[Check]:
    """Findings by rule. A rule that the kind does not name stands last, under its id: nothing found is left out."""
    spots: dict[str, list[Spot]] = {}
    for one in findings:
        entry = answer.entries.get(one.indicator)
        name = answer.form.indicator(one.indicator).name
        spots.setdefault(one.rule, []).append(
            Spot(one.indicator, name, one.message, bool(entry and entry.note.strip()))
        )
    named = [Check(rule.id, rule.name, rule.advice, spots.pop(rule.id, ())) for rule in kind.rules]
    return [*named, *(Check(code, code, "", found) for code, found in spots.items())]


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

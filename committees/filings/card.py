"""A filing's public card: what was filed, under which seal, with which coefficients, and how anyone checks it. No writes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from committees.filings.answers import Coefficients
from committees.filings.daily_roots import root_of
from committees.filings.former import Former, former_figures
from committees.filings.histories import Event, public_history
from committees.filings.invariants import sealing_of
from committees.filings.kinds import Kind, kind_of
from committees.filings.models import DailyRoot, Filing, FilingVersion
from committees.filings.queries import answer_in, history_of
from committees.filings.schema import Form, Named
from committees.filings.sealing import approval_line, digest, seal
from committees.workflow.models import Trail
from tenants.clock import local_day

SCRIPT = Path(__file__).parent / "recompute" / "recompute.py"


@dataclass(frozen=True)
class Value:
    """One value or figure on the card."""

    code: str
    name: Named
    value: Decimal | None
    unit: str
    text: str = ""

    @property
    def places(self) -> int | None:
        """Decimals on the page: four for what was divided, all there are for what was typed or added."""
        return 4 if "/" in self.unit else None


@dataclass(frozen=True)
class Coefficient:
    """One coefficient that the figures were computed with."""

    name: str
    value: str
    unit: str
    source: str


@dataclass(frozen=True)
class FormerValue:
    """A value that a correction replaced."""

    value: Value
    former: Former


@dataclass(frozen=True)
class Card:
    """Everything on the card. `holds`: payload, seal and stored figures were computed again just now and agree."""

    filing: Filing
    version: FilingVersion
    kind: Kind
    form: Form
    given: Sequence[tuple[Named, Sequence[Value]]]
    computed: Sequence[Value]
    coefficients: Sequence[Coefficient]
    versions: Sequence[FilingVersion]
    events: Sequence[Event]
    holds: bool
    root: DailyRoot | None
    former: Sequence[FormerValue] = ()

    @property
    def counts(self) -> bool:
        """Whether this version is the one that counts."""
        return self.filing.counted_id == self.version.pk


def read_card(filing: Filing, version: FilingVersion) -> Card:
    """The card of one sealed version."""
    kind, form = kind_of(filing.call.kind), version.form.form()
    coefficients = kind.coefficients_in(version.coefficients)
    answer = answer_in(version, form)
    drafts = kind.figures(answer, coefficients)
    given = [
        (
            section.name,
            [Value(i.code, i.name, answer.value(i.code), i.unit, answer.text(i.code)) for i in section.indicators],
        )
        for section in form.sections
    ]
    direct = {indicator.code for indicator in form.indicators()}
    computed = [
        Value(d.indicator, kind.figure_names[d.indicator], d.value, d.unit) for d in drafts if d.indicator not in direct
    ]
    trails = list(history_of(filing))
    events = public_history(trails, filing.school, filing.call.committee)
    versions = list(filing.versions.order_by("-version"))
    root = root_of(local_day(version.sealed_at))
    used = _used(kind, coefficients, form)
    return Card(filing, version, kind, form, given, computed, used, versions, events, _holds(version, drafts), root,
                _former(trails, form, kind, drafts))  # fmt: skip


def _former(trails: Sequence[Trail], form: Form, kind: Kind, drafts: Sequence[Any]) -> list[FormerValue]:
    """What this filing said before its corrections, each value with the day until which it was published."""
    names = {**kind.figure_names, **{item.code: item.name for item in form.indicators()}}
    units = {draft.indicator: draft.unit for draft in drafts}
    return [
        FormerValue(Value(one.code, names[one.code], one.value, units.get(one.code, "")), one)
        for one in former_figures(trails)
        if one.code in names
    ]


def _holds(version: FilingVersion, drafts: Sequence[Any]) -> bool:
    if digest(version.payload) != version.payload_sha256:
        return False
    if seal(version.payload_sha256, sealing_of(version)) != version.seal:
        return False
    stored = {figure.indicator: figure.value for figure in version.figures.all()}
    expected = {draft.indicator: draft.value for draft in drafts}
    return not stored or (
        stored.keys() == expected.keys() and all(_same(stored[code], expected[code]) for code in expected)
    )


def _same(one: Decimal | None, other: Decimal | None) -> bool:
    return one is other if one is None or other is None else round(one, 10) == round(other, 10)


def _used(kind: Kind, coefficients: Coefficients, form: Form) -> list[Coefficient]:
    """The coefficients that the recipes of this kind use, named as in the form."""
    names = {**kind.figure_names, **{indicator.code: indicator.name for indicator in form.indicators()}}
    used = dict.fromkeys(item for recipe in kind.recipes(coefficients) for item in recipe.uses)
    rows = [(item, coefficients.rows[item]) for item in used]
    return [
        Coefficient(str(names.get(item, item)), str(row["value"]), row["unit"], row["source"]) for item, row in rows
    ]


def seal_document(filing: Filing, version: FilingVersion) -> str:
    """What the seal covers, what it is, and how the figures are computed: seal.json beside payload.json."""
    kind = kind_of(filing.call.kind)
    coefficients = kind.coefficients_in(version.coefficients)
    document = {
        "format": sealing_of(version).format,
        "number": version.number,
        "version": version.version,
        "payload_sha256": version.payload_sha256,
        "form": {"code": version.form.code, "version": version.form.version, "digest": version.form.digest},
        "approval": approval_line(version),
        "evidence": [{"sha256": file.sha256, "size": file.size} for file in version.evidence.order_by("sha256")],
        "predecessor": version.predecessor,
        "seal": version.seal,
        "sealed_at": version.sealed_at.isoformat(),
        "coefficients": {"version": coefficients.version, "rows": dict(coefficients.rows)},
        "figures": [recipe.as_json() for recipe in kind.recipes(coefficients)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def script_text() -> str:
    """The script that checks and recomputes, as it is handed out."""
    return SCRIPT.read_text(encoding="utf-8")

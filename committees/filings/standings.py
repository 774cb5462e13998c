"""Where the ratios of one filing stand among those of all that filed under the same call. No writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from committees.filings.answers import Answer, Coefficients
from committees.filings.drafts import answer_in
from committees.filings.kinds import Kind
from committees.filings.models import Call, Filing, FilingVersion
from committees.filings.ratios import ratio
from committees.filings.schema import Form

#: States of a filing that lie before the committee or were decided: their latest versions are compared.
FILED = ("filed", "taken_up", "returned", "accepted")


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


def values_of(kind: Kind, answer: Answer, coefficients: Coefficients) -> dict[str, Decimal | None]:
    """The figures of an answer by code."""
    return {draft.indicator: draft.value for draft in kind.figures(answer, coefficients)}


def positions_of(
    filing: Filing, kind: Kind, own: Mapping[str, Decimal | None], past: Mapping[str, Decimal | None]
) -> list[Position]:
    """Each ratio of the kind among all filed ones. Two queries."""
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
        found.append(values_of(kind, answer_in(version, form, papers=False), coefficients[name]))
    return found

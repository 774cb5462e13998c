"""Which filings of a call raise no doubt, and how far a drawn sample of them is checked. No writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from committees.filings.answers import Answer, Finding, entries_from
from committees.filings.drafts import answer_in, findings_in
from committees.filings.flows import FILING_FLOW
from committees.filings.kinds import kind_of
from committees.filings.models import Call, CarriedReturn, Draw, Filing, FilingVersion, ItemCheck, OfficerNote
from committees.filings.schema import Form
from committees.workflow.models import Trail

#: Where a filing waits for the committee's decision.
WAITING = ("filed", "taken_up")


@dataclass(frozen=True)
class Sorted:
    """Filings that wait, parted: without doubts, and the others with the number of what stands out."""

    clear: Sequence[Filing]
    doubtful: Sequence[tuple[Filing, int]]


@dataclass(frozen=True)
class Drawn:
    """One drawn filing: `check` when it was gone through item by item; `moved` when it no longer waits as it was drawn."""

    filing: Filing
    check: ItemCheck | None
    moved: bool

    @property
    def settled(self) -> bool:
        """Whether nothing is left to look at here."""
        return self.check is not None or self.moved


@dataclass(frozen=True)
class Sample:
    """A draw as it stands now. `waiting`: filings of its population that can be accepted with it."""

    draw: Draw
    drawn: Sequence[Drawn]
    waiting: Sequence[Filing]
    spent: bool

    @property
    def unchecked(self) -> int:
        """How many drawn filings still have to be checked by item."""
        return sum(not one.settled for one in self.drawn)

    @property
    def objections(self) -> int:
        """How many of the drawn were returned, refused or taken back instead of being found in order."""
        return sum(one.moved and one.filing.state != "accepted" for one in self.drawn)

    @property
    def is_open(self) -> bool:
        """Whether this draw still binds: nothing was accepted with it, and something waits."""
        return not self.spent and bool(self.waiting)


def sorted_filings(call: Call) -> Sorted:
    """The filings of a call that wait, parted by doubts. Corrections and filings with an officer's notes are looked at by
    item in any case. A fixed number of queries."""
    filings = list(
        Filing.objects.filter(call=call, state__in=WAITING)
        .select_related("school", "latest__form", "call__committee", "call__form", "duty")
        .prefetch_related("latest__evidence")
        .order_by("latest__sealed_at", "pk")
    )
    previous, forms = _previous(call, filings), dict[int, Form]()
    noted = set(
        OfficerNote.objects.filter(filing_version__in=[f.latest_id for f in filings]).values_list(
            "filing_version", flat=True
        )
    )
    clear, doubtful = [], []
    for filing in filings:
        version = filing.latest
        assert version is not None
        form = forms.setdefault(version.form_id, version.form.form())
        found = len(_findings(filing, version, form, previous))
        extra = int(filing.counted_id is not None) + int(version.pk in noted)
        if found + extra:
            doubtful.append((filing, found + extra))
        else:
            clear.append(filing)
    return Sorted(clear, doubtful)


def _findings(filing: Filing, version: FilingVersion, form: Form, previous: dict[int, Answer]) -> list[Finding]:
    answer = Answer(form, answer_in(version, form).entries, previous.get(filing.school_id))
    return findings_in(answer, kind_of(filing.call.kind))


def _previous(call: Call, filings: Sequence[Filing]) -> dict[int, Answer]:
    """The answer that counts for the period before, by school. What was carried over from an old return stands in where nothing
    counts. Two queries."""
    rows = (
        FilingVersion.objects.filter(
            filing__school__in=[filing.school_id for filing in filings], filing__call__kind=call.kind,
            filing__call__period__lt=call.period, filing__call__form__code=call.form.code,
            pk__in=Filing.objects.filter(counted__isnull=False).values("counted"),
        )
        .select_related("form", "filing")
        .order_by("filing__call__period")
    )  # fmt: skip
    carried = (
        CarriedReturn.objects.filter(
            school__in=[filing.school_id for filing in filings], kind=call.kind, period__lt=call.period
        )
        .select_related("form")
        .order_by("period", "edition")
    )
    found = {old.school_id: Answer(old.form.form(), entries_from(old.entries), carried=True) for old in carried}
    return {**found, **{row.filing.school_id: answer_in(row, row.form.form(), papers=False) for row in rows}}


def sample_of(call: Call) -> Sample | None:
    """The latest draw of a call and how far it is; None when nothing was drawn yet. Four queries."""
    draw = Draw.objects.filter(call=call).select_related("by").first()
    if draw is None:
        return None
    seals = [seal for _number, seal in draw.population]
    versions = FilingVersion.objects.filter(seal__in=seals).select_related("filing__school", "filing__latest")
    by_seal = {row.seal: row for row in versions}
    checks = {row.filing_version_id: row for row in draw.checks.select_related("by")}
    drawn = [
        Drawn(row.filing, checks.get(row.pk), not _waits(row)) for seal in draw.drawn if (row := by_seal.get(seal))
    ]
    spent = Trail.objects.filter(flow=FILING_FLOW.name, move="accept", facts__draw=draw.digest).exists()
    return Sample(draw, drawn, [row.filing for seal in seals if (row := by_seal.get(seal)) and _waits(row)], spent)


def drawn_now(filing: Filing) -> Draw | None:
    """The draw for which this filing's latest version has still to be checked by item. Two queries at most."""
    if filing.latest is None or filing.state not in WAITING:
        return None
    draw = Draw.objects.filter(call=filing.call).first()
    if draw is None or filing.latest.seal not in draw.drawn:
        return None
    return None if draw.checks.filter(filing_version=filing.latest).exists() else draw


def _waits(version: FilingVersion) -> bool:
    filing = version.filing
    return filing.state in WAITING and filing.latest_id == version.pk

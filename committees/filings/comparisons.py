"""Two sealed versions of a filing, read for the page that shows them side by side. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from committees.filings.comparing import Compared, ComparedSection, Piece, compare, compare_figures, word_changes
from committees.filings.drafts import answer_in
from committees.filings.kinds import kind_of
from committees.filings.models import Filing, FilingVersion
from committees.filings.queries import versions_of


@dataclass(frozen=True)
class Comparison:
    """Everything that differs, and everything that does not. `approval`: how each was approved, as word changes."""

    before: FilingVersion
    after: FilingVersion
    versions: Sequence[FilingVersion]
    sections: Sequence[ComparedSection]
    figures: Sequence[Compared]
    gone: Sequence[str]
    new: Sequence[str]
    approval: Sequence[Piece]

    @property
    def changes(self) -> int:
        """How many items differ."""
        return sum(item.differs for section in self.sections for item in section.items)


def compare_versions(filing: Filing, first: str = "", second: str = "") -> Comparison | None:
    """The versions of these numbers, else the two latest; None while there are fewer than two. Three queries."""
    versions = list(versions_of(filing))
    if len(versions) < 2:
        return None
    by_number = {str(version.version): version for version in versions}
    after = by_number.get(second, versions[0])
    before = by_number.get(first) or next((one for one in versions if one.version == after.version - 1), versions[-1])
    if before.version > after.version:
        before, after = after, before
    files = [{(file.sha256, file.name) for file in one.evidence.all()} for one in (before, after)]
    names = kind_of(filing.call.kind).figure_names
    answers = [answer_in(one, one.form.form()) for one in (before, after)]
    return Comparison(
        before, after, versions, compare(*answers),
        compare_figures(_figures(filing, before), _figures(filing, after), names),
        sorted(name for _sha, name in files[0] - files[1]), sorted(name for _sha, name in files[1] - files[0]),
        word_changes(_approval(before), _approval(after)),
    )  # fmt: skip


def _figures(filing: Filing, version: FilingVersion) -> Mapping[str, tuple[Decimal | None, str]]:
    kind = kind_of(filing.call.kind)
    drafts = kind.figures(answer_in(version, version.form.form()), kind.coefficients_in(version.coefficients))
    return {draft.indicator: (draft.value, draft.unit) for draft in drafts}


def _approval(version: FilingVersion) -> str:
    scan = getattr(version, "scan", None)
    return (
        f"{scan.signer} ({version.get_way_display()})"
        if scan
        else f"{version.approved_by} ({version.get_way_display()})"
    )

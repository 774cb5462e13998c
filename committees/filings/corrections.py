"""Correction after acceptance: what a new version replaces, and the draft it begins with. Reads, and the school's draft."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from committees.filings.answers import plain
from committees.filings.drafts import answer_in
from committees.filings.flows import CORRECTING_MOVES, FILING_MOVES
from committees.filings.models import Call, Draft, Figure, Filing, FilingVersion, RollUp
from committees.workflow.models import Trail
from tenants.models import User

Sums = Mapping[str, str]


def said_sums(call: Call) -> dict[str, str]:
    """The association's sums of a call as text, by indicator."""
    return {row.indicator: plain(row.total) for row in RollUp.objects.filter(call=call)}


def figures_in(version: FilingVersion) -> dict[str, str | None]:
    """The kept figures of a version as text, by indicator; None: not defined."""
    rows = Figure.objects.filter(filing_version=version).values_list("indicator", "value")
    return {code: None if value is None else plain(value) for code, value in rows}


def replaced(before: FilingVersion, after: FilingVersion, sums: Sums, sums_now: Sums) -> dict[str, Any]:
    """For the trail of an acceptance that replaces a version: what counted, figure by figure and sum by sum, as
    [before, after]; only what differs. Kept for good, so that the old figure can be shown with its date."""
    return {
        "replaces": before.version,
        "figures": differing(figures_in(before), figures_in(after)),
        "sums": differing(sums, sums_now),
    }


def differing(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> dict[str, list[str | None]]:
    """code -> [before, after] where the two differ; None: not there, or not defined."""
    codes = sorted(before.keys() | after.keys())
    return {code: [before.get(code), after.get(code)] for code in codes if not _same(before.get(code), after.get(code))}


def _same(one: str | None, other: str | None) -> bool:
    return one is other if one is None or other is None else Decimal(one) == Decimal(other)


def opening_of(filing: Filing) -> Trail | None:
    """The move that opened the correction in progress; None when nothing is being corrected."""
    if filing.counted_id is None or filing.state in {"accepted", "correction_asked"}:
        return None
    moves = Trail.objects.filter(subject=filing.public_id, move__in=CORRECTING_MOVES)
    return moves.order_by("-version").first()


def was_ordered(filing: Filing) -> bool:
    """Whether the committee asked for a correction and nothing was filed since."""
    if filing.counted_id is None:
        return False
    moves = Trail.objects.filter(subject=filing.public_id, move__in=(*CORRECTING_MOVES, *FILING_MOVES))
    last = moves.order_by("-version").first()
    return last is not None and last.move == "order_correction"


def restore_draft(filing: Filing, by: User, at: datetime) -> None:
    """Let the draft hold what counts, inside the school: a correction begins there, and a dropped one ends there."""
    version = filing.counted
    assert version is not None
    answer = answer_in(version, version.form.form())
    draft = Draft.objects.select_for_update().get(filing_id=filing.public_id)
    entries = {code: entry.as_json() for code, entry in answer.entries.items()}
    if draft.entries != entries:
        draft.entries = entries
        draft.revision += 1
        draft.updated_at, draft.updated_by = at, by
        draft.save()

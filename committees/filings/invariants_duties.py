"""Whether days, lateness, wordings and forms agree with the moves that set them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from committees.filings.call_words import words_of
from committees.filings.flows import CALL_FLOW, EXEMPT, FILING_MOVES
from committees.filings.models import Call, Filing
from committees.workflow.models import Trail
from tenants.clock import local_day

#: What a call that is cancelled leaves behind: settled cases only.
SETTLED = ("accepted", "correction_asked", "refused", *EXEMPT)


@dataclass
class _Told:
    """What a case's moves say of its day and its marks."""

    due: str | None = None
    extended_from: str | None = None
    reopened_on: str | None = None
    filed: Trail | None = None
    counts: bool = False

    def hear(self, trail: Trail) -> None:
        """One move more."""
        if trail.move == "extend":
            self.due, self.extended_from = trail.facts["due_on"], self.extended_from or trail.facts["due_before"]
        elif trail.move == "reopen":
            self.due, self.extended_from = trail.facts["due_on"], None
            self.reopened_on, self.filed = local_day(trail.at).isoformat(), None
        elif trail.move in FILING_MOVES:
            self.filed = self.filed or trail
        elif (
            trail.move == "withdraw" and not self.counts
        ):  # a correction is not late: what it corrects came when it came
            self.filed = None
        self.counts = self.counts or trail.move == "accept"

    @property
    def late(self) -> tuple[bool, str | None]:
        """Whether what stands filed came late, and the day it came."""
        if self.filed is None:
            return False, None
        day = local_day(self.filed.at)
        return day > date.fromisoformat(self.filed.facts["due_on"]), day.isoformat()


def given_days(trails: list[Trail]) -> set[str]:
    """The days that a call gave the schools it addressed; none for a call opened before its words were kept."""
    opened = {trail.facts["words"]["due_on"] for trail in trails if trail.move == "open" and "words" in trail.facts}
    return opened and opened | {trail.facts["due_on"] for trail in trails if trail.move == "add_schools"}


def duty_faults(where: str, filing: Filing, trails: list[Trail], given: set[str]) -> Iterator[str]:
    """Where a duty's day, its marks, or the mark "late" say something else than the moves. `given`: as above."""
    duty, told = filing.duty, _Told()
    for trail in trails:
        told.hear(trail)
    stored = (_written(duty.extended_from), _written(duty.reopened_on))
    wanted = {told.due} if told.due else given
    if (told.extended_from, told.reopened_on) != stored or (wanted and duty.due_on.isoformat() not in wanted):
        yield f"{where}: is due on {duty.due_on}, its moves say {told.due or 'otherwise'}"
    # What was filed before lateness was kept says no day.
    if (told.filed is None or "due_on" in told.filed.facts) and (filing.late, _written(filing.filed_on)) != told.late:
        yield f"{where}: is marked {'late' if filing.late else 'in time'}, its moves say otherwise"
    if filing.call.state == "cancelled" and filing.state not in SETTLED:
        yield f"{where}: is open under a cancelled call"
    # A school may leave in the middle of a correction: what was accepted still counts.
    if filing.state in EXEMPT and filing.state != "released" and filing.counted_id:
        yield f"{where}: counts, but nothing is due"


def call_faults(call: Call, trails: list[Trail]) -> Iterator[str]:
    """Where a call's words, days, disclosure or form are not those it was opened with and its last changes set."""
    expected: dict[str, object] = {}
    for trail in trails:
        # Calls that were opened before their words were kept have none.
        expected.update(trail.facts.get("words", {}) if trail.move == "open" else {})
        expected.update(trail.facts["after"] if trail.move == "reword" else {})
        expected.update({"form_id": trail.facts["form_after"]} if trail.move == "change_form" else {})
    have = words_of(call)
    for name, value in expected.items():
        if have[name] != value:
            yield f"call {call.number}: {name} is not what it was opened with, or the last change made it"


def earlier_forms() -> dict[UUID, set[int]]:
    """The forms that calls asked for before the one they ask for now, by the call's public id. One query."""
    found: dict[UUID, set[int]] = {}
    changes = Trail.objects.filter(flow=CALL_FLOW.name, move="change_form")
    for subject, facts in changes.values_list("subject", "facts"):
        found.setdefault(subject, set()).add(facts["form_before"])
    return found


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Whether what moved and what was decided still agrees: the chain of moves, the rows' states, decisions, papers."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from committees.filings.answers import plain
from committees.filings.corrections import differing
from committees.filings.flows import CALL_FLOW, FILING_FLOW, FILING_MOVES
from committees.filings.invariants_duties import call_faults, duty_faults, given_days
from committees.filings.models import Call, Decision, DecisionKind, Filing, FilingVersion
from committees.filings.sealing import papers_digest
from committees.workflow.binding import all_bindings
from committees.workflow.chain import link
from committees.workflow.models import Trail

DECIDING = {
    "return_items": DecisionKind.RETURNED, "accept": DecisionKind.ACCEPTED, "refuse": DecisionKind.REFUSED,
    "keep_old": DecisionKind.REFUSED,
}  # fmt: skip


def broken_moves() -> Iterator[str]:
    """One line for each move, state, decision or paper that does not hold."""
    by_subject: dict[UUID, list[Trail]] = defaultdict(list)
    for trail in Trail.objects.order_by("subject", "version").iterator(500):
        by_subject[trail.subject].append(trail)
    for subject, trails in by_subject.items():
        yield from _chain_faults(subject, trails)
    beside = ("versions__evidence", "versions__scan", "versions__figures")
    filings = Filing.objects.select_related("latest", "counted", "duty", "call").prefetch_related(*beside)
    for filing in filings.prefetch_related("versions__decisions__items").order_by("pk"):
        given = given_days(by_subject.get(filing.call.public_id, []))
        yield from _filing_faults(filing, by_subject.pop(filing.public_id, []), given)
    for call in Call.objects.all():
        trails = by_subject.pop(call.public_id, [])
        yield from _state_faults(f"call {call.number}", call, trails)
        yield from call_faults(call, trails)
    yield from _others(by_subject)


def _others(by_subject: dict[UUID, list[Trail]]) -> Iterator[str]:
    """Every other row that moves (series, joint lists, what upper rooms register) stands where its moves led it."""
    named = {CALL_FLOW.name, FILING_FLOW.name}
    bindings = [binding for binding in all_bindings() if binding.flow.name not in named]
    for binding in bindings:
        for row in binding.model._default_manager.all():
            trails = by_subject.pop(row.public_id, [])  # type: ignore[attr-defined]
            yield from _state_faults(f"{binding.flow.name} {row.pk}", row, trails)
    named |= {binding.flow.name for binding in bindings}
    for subject, trails in by_subject.items():
        if named & {trail.flow for trail in trails}:
            yield f"moves of {subject}: there is no such row"


def _chain_faults(subject: UUID, trails: list[Trail]) -> Iterator[str]:
    before = ""
    for number, trail in enumerate(trails, 1):
        if trail.version != number:
            yield f"move {number} of {subject}: missing, or out of order"
        if link(before, trail) != trail.chain:
            yield f"move {trail.version} of {subject}: was changed"
        before = trail.chain


def _state_faults(where: str, row: Any, trails: list[Trail]) -> Iterator[str]:
    last = trails[-1] if trails else None
    state, version = (last.target, last.version) if last else (row.state, 0)
    if (row.state, row.version) != (state, version):
        yield f"{where}: is {row.state} at version {row.version}, its moves led to {state} at version {version}"


def _filing_faults(filing: Filing, trails: list[Trail], given: set[str]) -> Iterator[str]:
    where = f"filing {filing.number or filing.public_id}"
    yield from _state_faults(where, filing, trails)
    moved = [trail.at for trail in trails if trail.source != trail.target]
    if moved and moved[-1] != filing.state_since:
        yield f"{where}: stands so since {filing.state_since}, moved at {moved[-1]}"
    yield from duty_faults(where, filing, trails, given)
    versions = sorted(filing.versions.all(), key=lambda version: version.version)
    if filing.latest != (versions[-1] if versions else None):
        yield f"{where}: the latest version is not the one it names"
    filed = [trail for trail in trails if trail.move in FILING_MOVES]
    if len(filed) != len(versions):
        yield f"{where}: {len(versions)} versions, filed {len(filed)} times"
    for version, trail in zip(versions, filed, strict=False):
        yield from _filed_faults(f"{where} version {version.version}", version, trail)
    yield from _decision_faults(where, filing, trails)


def _filed_faults(where: str, version: FilingVersion, trail: Trail) -> Iterator[str]:
    said = trail.facts
    pairs = {
        "number": (version.number, said.get("number")), "version": (version.version, said.get("version")),
        "seal": (version.seal, said.get("seal")), "moment": (version.sealed_at, trail.at),
        "approval": (version.approved_by_id, trail.by_id),
    }  # fmt: skip
    if "papers" in said:
        pairs["papers"] = (papers_digest(version, version.evidence.all()), said["papers"])
    for name, (have, kept) in pairs.items():
        if have != kept:
            yield f"{where}: {name} is {have}, when it was filed {kept}"


def _decision_faults(where: str, filing: Filing, trails: list[Trail]) -> Iterator[str]:
    """Each decision follows from a move, and each deciding move left its decision on the version then latest."""
    expected: dict[int, tuple[Any, ...]] = {}
    latest, counted = 0, None
    for trail in trails:
        latest = trail.facts.get("version", latest) if trail.move in FILING_MOVES else latest
        if kind := DECIDING.get(trail.move):
            items = trail.facts.get("items", {}) if trail.move == "return_items" else {}
            expected[latest] = (kind.value, trail.reason, trail.by_id, trail.at, items)
        if trail.move == "accept":
            yield from _replaced_faults(where, filing, trail, counted, latest)
            counted = latest
    stored = {
        version.version: [_said(decision) for decision in version.decisions.all()] for version in filing.versions.all()
    }
    for number, said in stored.items():
        if said != ([expected[number]] if number in expected else []):
            yield f"{where} version {number}: the decision is not the one that was made"
    if (filing.counted.version if filing.counted else None) != counted:
        yield f"{where}: counts another version than the one accepted"


def _replaced_faults(where: str, filing: Filing, trail: Trail, before: int | None, after: int) -> Iterator[str]:
    """What an acceptance says it replaced is what counted then, figure by figure."""
    if trail.facts.get("replaces") != before:
        yield f"{where} version {after}: replaces {trail.facts.get('replaces')}, before it counted {before}"
    elif before is not None:
        kept = {row.version: {f.indicator: f.value for f in row.figures.all()} for row in filing.versions.all()}
        if differing(_plain(kept.get(before, {})), _plain(kept.get(after, {}))) != trail.facts.get("figures"):
            yield f"{where} version {after}: the figures it replaced are not those that were published"


def _plain(figures: dict[str, Decimal | None]) -> dict[str, str | None]:
    return {code: None if value is None else plain(value) for code, value in figures.items()}


def _said(decision: Decision) -> tuple[Any, ...]:
    items = {item.indicator: item.reason for item in decision.items.all()}
    return decision.kind, decision.reason, decision.by_id, decision.at, items

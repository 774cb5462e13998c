"""Whether what officers decided together is what became of each filing, and whether both issuers agreed to what was opened."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from committees.filings.flows import CALL_FLOW, FILING_FLOW, JOINT_FLOW
from committees.filings.models import Call, JointLine, JointList, Verdict
from committees.workflow.models import Trail

#: The move that carries a decision out; what was put off moves nothing.
MOVES = {Verdict.ACCEPT: "accept", Verdict.RETURN: "return_items", Verdict.REFUSE: "refuse"}


def broken_joint() -> Iterator[str]:
    """One line for each joint list, acceptance or opening that does not hold."""
    lists = {str(row.public_id): row for row in JointList.objects.prefetch_related("lines__filing")}
    held = {str(trail.subject): trail for trail in Trail.objects.filter(flow=JOINT_FLOW.name, move="hold")}
    moved = _moved_with(held.values())
    for subject, row in lists.items():
        yield from _list_faults(row, held.get(subject), moved)
    yield from _accepted_without(lists, held)
    yield from _openings()


def _moved_with(held: Iterable[Trail]) -> Mapping[tuple[UUID, str], list[Trail]]:
    """The moves of filings made in the moment of some session, by filing and move."""
    found: dict[tuple[UUID, str], list[Trail]] = defaultdict(list)
    moments = {trail.at for trail in held}
    moves = Trail.objects.filter(flow=FILING_FLOW.name, at__in=moments, move__in=list(MOVES.values()))
    for trail in moves:
        found[trail.subject, trail.move].append(trail)
    return found


def _list_faults(row: JointList, session: Trail | None, moved: Mapping[tuple[UUID, str], list[Trail]]) -> Iterator[str]:
    where = f"joint list {row.pk}"
    if (row.state == "held") != (session is not None):
        yield f"{where}: is {row.state}, {'a session' if session else 'no session'} carried it out"
    if session is None:
        return
    lines = list(row.lines.all())
    said = [[str(line.filing.public_id), line.decision, line.outcome] for line in lines]
    if said != session.facts.get("lines"):
        yield f"{where}: its lines are not those that the session carried out"
    for line in lines:
        if not line.decision:
            yield f"{where}: {line.filing.number} was carried out without a decision"
        elif line.decision in MOVES and not line.outcome and not _carried(line, session, moved):
            yield f"{where}: {line.filing.number} was decided as {line.decision}, and did not move so"


def _carried(line: JointLine, session: Trail, moved: Mapping[tuple[UUID, str], list[Trail]]) -> bool:
    """Whether the filing moved as decided, in the session's moment, in the name of who carried it out."""
    trails = moved.get((line.filing.public_id, MOVES[Verdict(line.decision)]), [])
    own = [trail for trail in trails if (trail.at, trail.by_id) == (session.at, session.by_id)]
    if line.decision == Verdict.ACCEPT:
        own = [trail for trail in own if trail.facts.get("joint") == str(session.subject)]
    return any(trail.reason == line.decision_words.strip() for trail in own)


def _accepted_without(lists: Mapping[str, JointList], held: Mapping[str, Trail]) -> Iterator[str]:
    """Whatever was accepted with a list stood in it, decided so."""
    for trail in Trail.objects.filter(flow=FILING_FLOW.name, move="accept", facts__has_key="joint"):
        row, session = lists.get(trail.facts["joint"]), held.get(trail.facts["joint"])
        decided = row is not None and session is not None and [
            str(trail.subject), Verdict.ACCEPT.value, "",
        ] in session.facts.get("lines", [])  # fmt: skip
        if not decided:
            yield f"move {trail.version} of {trail.subject}: accepted with a list that did not decide so"


def _openings() -> Iterator[str]:
    """A call of two issuers was opened with the very words that the commission had agreed to just before."""
    by_subject: dict[UUID, list[Trail]] = defaultdict(list)
    for trail in Trail.objects.filter(flow=CALL_FLOW.name, move__in=("agree", "open")).order_by("version"):
        by_subject[trail.subject].append(trail)
    for call in Call.objects.filter(co_issued=True):
        trails = by_subject.get(call.public_id, [])
        opened = next((trail for trail in trails if trail.move == "open"), None)
        agreed = [trail for trail in trails if trail.move == "agree" and opened and trail.version == opened.version - 1]
        if opened and (not agreed or agreed[0].facts.get("words") != opened.facts.get("words")):
            yield f"call {call.number}: opened otherwise than the commission had agreed to"

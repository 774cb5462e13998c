"""What a school was asked and what it answered, as one conversation: moves, questions, answers, messages. No writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise

from committees.filings.answers import Answer
from committees.filings.desk import talk_subject
from committees.filings.drafts import answer_in
from committees.filings.flows import FILING_MOVES, SCHOOL_ROLES
from committees.filings.histories import INSIDE, filed_moves
from committees.filings.models import Filing, FilingVersion, Message, Side
from committees.filings.presenting import HAPPENED, acted, full_names
from committees.filings.queries import history_of, versions_of
from committees.workflow.models import DeskEntry, Trail

#: Moves that carry words between the two sides, or change what they speak about.
SPOKEN = frozenset({
    *FILING_MOVES, "withdraw", "return_items", "accept", "refuse", "ask_correction", "unask_correction", "grant_correction",
    "deny_correction", "order_correction", "drop_correction", "keep_old", "say_none", "confirm_none", "decline_none",
    "extend", "waive", "reopen",
})  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One item spoken about. `words`: the question, or the note given as answer; values where a version answered."""

    code: str
    name: str
    words: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    unit: str = ""
    answers: bool = False
    is_text: bool = False

    @property
    def kept(self) -> bool:
        """Whether an answer left the value as it was."""
        return self.answers and self.before == self.after


@dataclass(frozen=True)
class Turn:
    """One turn of the conversation, in order of time."""

    at: datetime
    side: str
    who: str
    label: str | Promise
    words: str = ""
    points: Sequence[Point] = ()
    version: int | None = None
    message: bool = False


def read_conversation(filing: Filing, *, item: str = "", only_filed: bool = False) -> list[Turn]:
    """All turns, oldest first. `item`: only those about one item. `only_filed`: from the first filing on.
    Five queries."""
    form = filing.call.form.form()
    names = full_names(form)
    units = {one.code: one.unit for one in form.indicators()}
    versions = {version.version: version for version in versions_of(filing)}
    moves = history_of(filing)
    trails = list(filed_moves(moves) if only_filed else moves)
    messages = list(Message.objects.filter(filing=filing).select_related("by"))
    turns = sorted([*_moved(trails, versions, names, units), *_said(messages, names)], key=lambda turn: turn.at)
    if only_filed:
        first = trails[0].at if trails else None
        turns = [turn for turn in turns if first is not None and turn.at >= first]
    return [_about(turn, item) for turn in turns if item in {point.code for point in turn.points}] if item else turns


def waits_for(filing: Filing, side: str) -> bool:
    """Whether something that the other side wrote still stands on this side's desk. One query."""
    waiting = DeskEntry.objects.filter(subject=talk_subject(filing), done_at__isnull=True)
    of_school = waiting.filter(audience__startswith="school:")
    return (of_school if side == Side.SCHOOL else waiting.exclude(audience__startswith="school:")).exists()


def _about(turn: Turn, item: str) -> Turn:
    return replace(turn, points=[point for point in turn.points if point.code == item])


def _moved(
    trails: Sequence[Trail], versions: Mapping[int, FilingVersion], names: Mapping[str, str], units: Mapping[str, str]
) -> Iterator[Turn]:
    asked: dict[str, str] = {}
    for trail in trails:
        if trail.move not in SPOKEN:
            continue
        side = Side.SCHOOL if trail.role in SCHOOL_ROLES else Side.COMMITTEE
        points: list[Point] = []
        number = trail.facts.get("version") if trail.move in FILING_MOVES else None
        if number:
            points = _answers(asked, versions, number, names, units)
            asked = {}
        elif items := trail.facts.get("items"):
            asked = dict(items)
            points = [Point(code, names.get(code, code), words) for code, words in items.items()]
        words = "" if trail.move in INSIDE else trail.reason
        yield Turn(trail.at, side, acted(trail), HAPPENED.get(trail.move, trail.move), words, points, number)


def _answers(
    asked: Mapping[str, str], versions: Mapping[int, FilingVersion], number: int, names: Mapping[str, str],
    units: Mapping[str, str],
) -> list[Point]:  # fmt: skip
    """What a new version says to what was asked, and what else it changed."""
    now, then = versions.get(number), versions.get(number - 1)
    if now is None or then is None:
        return []
    after, before = answer_in(now, now.form.form()), answer_in(then, then.form.form())
    codes = [code for code in names if code in asked or _said_of(before, code) != _said_of(after, code)]
    return [_point(code, before, after, names, units) for code in codes]


def _said_of(answer: Answer, code: str) -> tuple[Decimal | None, str]:
    return answer.value(code), answer.text(code)


def _point(code: str, before: Answer, after: Answer, names: Mapping[str, str], units: Mapping[str, str]) -> Point:
    entry = after.entries.get(code)
    note = "\n".join(each for each in (after.text(code), entry.note if entry else "") if each)
    return Point(code, names[code], note, before.value(code), after.value(code), units.get(code, ""), answers=True,
                 is_text=bool(after.text(code) or before.text(code)))  # fmt: skip


def _said(messages: Sequence[Message], names: Mapping[str, str]) -> Iterator[Turn]:
    for one in messages:
        points = [Point(one.indicator, names.get(one.indicator, one.indicator))] if one.indicator else []
        yield Turn(one.at, one.side, str(one.by), one.get_side_display(), one.text, points, message=True)

"""Writes of joint lists: made, a line proposed, decided, dissented from, the whole carried out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from committees.filings import actions
from committees.filings.clear_filings import WAITING
from committees.filings.models import Call, Dissent, Filing, JointLine, JointList, OfficerNote, Verdict
from committees.filings.rules import call_roles
from committees.workflow.advance import MoveRefused, advance, moved_on
from committees.workflow.models import Trail
from tenants.models import User


def make_list(*, call: Call, title: str, held_on: date, filings: Sequence[Filing], by: User, at: datetime) -> JointList:
    """A list over filings of one call that wait for a decision; proposed is to accept. Raises MoveRefused."""
    with transaction.atomic():
        found = JointList(
            committee=call.committee, call=call, title=title.strip(), held_on=held_on, made_by=by, made_at=at
        )
        _may_decide(found, by, at)
        if not found.title or not filings:
            raise MoveRefused(_("Give the list a title and choose at least one filing."), code="guard")
        found.save()
        JointLine.objects.bulk_create(
            [JointLine(joint_list=found, filing=filing, proposal=Verdict.ACCEPT) for filing in filings]
        )
        return found


def decide_lines(
    *, joint_list: JointList, present: str, lines: Mapping[int, Mapping[str, str]], by: User, at: datetime
) -> None:
    """Keep who is present, and proposals and decisions of lines (by their key): `proposal`, `proposal_words`, `decision`,
    `decision_words`. Raises MoveRefused once the list is carried out."""
    with transaction.atomic():
        locked = _open_list(joint_list, by, at)
        locked.present = present.strip()[:400]
        locked.save(update_fields=["present"])
        rows = list(locked.lines.all())
        for row in rows:
            for name, value in lines.get(row.pk, {}).items():
                setattr(row, name, value.strip()[:400])
        JointLine.objects.bulk_update(rows, ["proposal", "proposal_words", "decision", "decision_words"])


def dissent(*, line: JointLine, words: str, by: User, at: datetime) -> Dissent:
    """An officer does not agree with a line, in his own name; once a line. Raises MoveRefused."""
    with transaction.atomic():
        _open_list(line.joint_list, by, at)
        if not words.strip():
            raise MoveRefused(_("Say what you do not agree with."), code="reason")
        if line.dissents.filter(by=by).exists():
            raise MoveRefused(_("Your dissent stands there already."), code="twice")
        return Dissent.objects.create(line=line, by=by, words=words.strip()[:400], at=at)


def hold_list(
    *, joint_list: JointList, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Carry the decisions out, each filing by its own move; what is refused is told in its line and stops nothing else.
    After that the list no longer changes."""

    def effect(locked: JointList, trail: Trail) -> dict[str, object]:
        rows = list(locked.lines.select_related("filing__latest", "filing__call__committee", "filing__school"))
        for row in rows:
            row.outcome = _carry_out(row, str(locked.public_id), by, at)
        JointLine.objects.bulk_update(rows, ["outcome"])
        return {"lines": [[str(row.filing.public_id), row.decision, row.outcome] for row in rows]}

    return advance(joint_list, "hold", by=by, at=at, version=version, key=key, effect=effect)


def drop_list(
    *, joint_list: JointList, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Drop a list that is not carried out; no filing moves."""
    return advance(joint_list, "drop", by=by, at=at, version=version, key=key)


def _carry_out(line: JointLine, joint: str, by: User, at: datetime) -> str:
    """Make one line's move; returns why it was refused, or nothing."""
    filing, words = line.filing, line.decision_words
    try:
        with transaction.atomic():
            if line.decision == Verdict.ACCEPT:
                actions.accept(filing=filing, reason=words, facts={"joint": joint}, by=by, at=at)
            elif line.decision == Verdict.RETURN:
                notes = OfficerNote.objects.filter(filing_version=filing.latest_id)
                items = dict(notes.values_list("indicator", "text"))
                actions.return_items(filing=filing, items=items, reason=words, by=by, at=at)
            elif line.decision == Verdict.REFUSE:
                actions.refuse(filing=filing, reason=words, by=by, at=at)
    except MoveRefused as refused:
        return str(refused.reason)[:400]
    return ""


def _open_list(joint_list: JointList, by: User, at: datetime) -> JointList:
    locked = JointList.objects.select_for_update(of=("self",)).select_related("committee").get(pk=joint_list.pk)
    _may_decide(locked, by, at)
    if locked.state != "drafted":
        raise moved_on(locked)
    return locked


def _may_decide(joint_list: JointList, by: User, at: datetime) -> None:
    if not call_roles(joint_list, by, at) & {"officer", "chair"}:
        raise MoveRefused(_("This is not yours to do."), code="role")


def listable(call: Call) -> Sequence[Filing]:
    """The filings of a call that may stand on a list: those that wait."""
    rows = Filing.objects.filter(call=call, state__in=WAITING).select_related("school", "latest")
    return list(rows.order_by("school__pinyin"))

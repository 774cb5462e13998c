"""Writes of checking: notes at items, messages, a drawn sample, its checks, and the acceptances that rest on it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.filings import actions
from committees.filings.clear_filings import Sample, sample_of, sorted_filings
from committees.filings.desk import message_entry
from committees.filings.drawing import LEAST, MOST, digest_of, draw
from committees.filings.message_chain import chain_of
from committees.filings.models import Call, Draw, Filing, ItemCheck, Message, OfficerNote, Side
from committees.filings.rules import filing_roles
from committees.workflow.advance import MoveRefused, moved_on
from committees.workflow.models import DeskEntry
from tenants.models import User


def keep_notes(*, filing: Filing, notes: Mapping[str, str], by: User, at: datetime) -> int:
    """Keep an officer's notes at the items of the latest version: nobody in the school sees them before a return. An empty
    one is taken away; those of other items stay. Returns how many there are. Raises MoveRefused."""
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        _may_speak(locked, by, at, Side.COMMITTEE)
        if locked.latest_id is None:
            raise moved_on(locked)
        rows = OfficerNote.objects.filter(filing_version=locked.latest_id)
        known = dict(rows.values_list("indicator", "text"))
        for code, text in notes.items():
            if not text.strip():
                rows.filter(indicator=code).delete()
            elif known.get(code) != text.strip():
                OfficerNote.objects.update_or_create(
                    filing_version_id=locked.latest_id, indicator=code,
                    defaults={"text": text.strip(), "by": by, "at": at},
                )  # fmt: skip
        return rows.count()


def say(*, filing: Filing, text: str, indicator: str = "", side: str, by: User, at: datetime) -> Message:
    """A question or an answer beside a filing, without a return: it stands on the other side's desk until answered or the
    next move. Raises MoveRefused."""
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        _may_speak(locked, by, at, side)
        if not text.strip():
            raise MoveRefused(_("Write something first."), code="reason")
        before = locked.messages.order_by("-number").first()
        message = Message(
            filing=locked, number=(before.number if before else 0) + 1, side=side, indicator=indicator, text=text.strip(),
            by=by, at=at,
        )  # fmt: skip
        message.chain = chain_of(before.chain if before else "", filing.public_id, message)
        message.save(force_insert=True)
        entry = message_entry(filing, side, at)
        DeskEntry.objects.filter(subject=entry.subject, done_at__isnull=True).update(done_at=at)
        entry.save()
        return message


def read_messages(*, filing: Filing, side: str, at: datetime) -> None:
    """One side has read what the other said: nothing of it waits on its desk any more."""
    entry = message_entry(filing, Side.SCHOOL if side == Side.COMMITTEE else Side.COMMITTEE, at)
    DeskEntry.objects.filter(subject=entry.subject, audience=entry.audience, done_at__isnull=True).update(done_at=at)


def draw_sample(*, call: Call, percent: Decimal, by: User, at: datetime) -> Draw:
    """Draw from the filings of a call that raise no doubt. The seed is fresh and recorded; while a draw is open, there is
    no other: nobody draws until the sample pleases. Raises MoveRefused."""
    with transaction.atomic():
        locked = Call.objects.select_for_update(of=("self",)).select_related("form", "committee").get(pk=call.pk)
        if not LEAST <= percent <= MOST:
            raise MoveRefused(_("At least 5 %, at most 100 %."), code="guard")
        if (sample := sample_of(locked)) and sample.is_open:
            raise MoveRefused(_("A sample is drawn already: check it by item first."), code="guard")
        clear = sorted_filings(locked).clear
        if not clear:
            raise MoveRefused(_("No filing without doubts is waiting."), code="guard")
        population = [[filing.number or "", filing.latest.seal if filing.latest else ""] for filing in clear]
        seed = secrets.token_hex(16)
        drawn = draw((seal for _number, seal in population), seed, percent)
        return Draw.objects.create(
            call=locked, seed=seed, percent=percent, population=population, drawn=drawn, by=by, at=at,
            digest=digest_of(locked.number, seed, percent, population, drawn, by.pk, at),
        )  # fmt: skip


def check_items(*, filing: Filing, draw_of: Draw, items: Sequence[str], by: User, at: datetime) -> ItemCheck:
    """A drawn version was gone through item by item: every item of the form is ticked. Raises MoveRefused."""
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        _may_speak(locked, by, at, Side.COMMITTEE)
        version = locked.latest
        if version is None or version.seal not in draw_of.drawn:
            raise moved_on(locked)
        codes = [item.code for item in version.form.form().indicators()]
        left = len(set(codes) - set(items))
        if left:
            text = ngettext("%(n)s item is not ticked yet.", "%(n)s items are not ticked yet.", left)
            raise MoveRefused(text % {"n": left}, code="guard")
        row, _made = ItemCheck.objects.get_or_create(
            draw=draw_of, filing_version=version, defaults={"items": codes, "by": by, "at": at}
        )
        return row


@dataclass(frozen=True)
class Outcome:
    """What came of one acceptance: `refused` says why not; empty when it was accepted."""

    filing: Filing
    refused: str = ""


def accept_sampled(*, call: Call, by: User, at: datetime, why: str = "") -> list[Outcome]:
    """Accept what the draw of a call speaks for, each filing by its own move. Only when every drawn filing was checked by
    item; where one of them was objected to, only with a reason. Refusals are told and stop nothing. Raises MoveRefused."""
    sample = sample_of(call)
    _sample_speaks(sample, why)
    assert sample is not None
    facts: dict[str, Any] = {"draw": sample.draw.digest, **({"objections": why.strip()} if sample.objections else {})}
    clear = {filing.pk: filing for filing in sorted_filings(call).clear}
    return [_accept(clear.get(filing.pk), filing, facts, by, at) for filing in sample.waiting]


def _sample_speaks(sample: Sample | None, why: str) -> None:
    if sample is None:
        raise MoveRefused(_("Draw a sample first."), code="guard")
    if sample.unchecked:
        text = ngettext(
            "%(n)s drawn filing has not been checked by item yet.", "%(n)s drawn filings have not been checked by item yet.",
            sample.unchecked,
        )  # fmt: skip
        raise MoveRefused(text % {"n": sample.unchecked}, code="guard")
    if sample.objections and not why.strip():
        raise MoveRefused(
            _("A drawn filing was not in order: say why the others are accepted all the same."), code="reason"
        )


def _accept(clear: Filing | None, filing: Filing, facts: Mapping[str, Any], by: User, at: datetime) -> Outcome:
    """One filing; what was noted or objected to meanwhile is no longer without doubts."""
    if clear is None:
        return Outcome(filing, _("It raises doubts now: look at it by item."))
    try:
        actions.accept(filing=clear, facts=facts, by=by, at=at, version=clear.version)
    except MoveRefused as refused:
        return Outcome(filing, str(refused.reason))
    return Outcome(filing)


def _may_speak(filing: Filing, by: User, at: datetime, side: str) -> None:
    wanted = {"head", "clerk"} if side == Side.SCHOOL else {"officer", "chair"}
    if not filing_roles(filing, by, at) & wanted:
        raise MoveRefused(_("This is not yours to do."), code="role")

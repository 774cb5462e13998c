"""Every write of the filing room. The pages, the seed and the tests go through these and nothing else."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from committees.filings.answers import Entry
from committees.filings.approvals import stands_in_for
from committees.filings.call_words import words_of
from committees.filings.corrections import replaced, restore_draft, said_sums, was_ordered
from committees.filings.desk import desk_entries
from committees.filings.drafts import answer_in
from committees.filings.figures import roll_up, write_figures
from committees.filings.kinds import kind_of
from committees.filings.models import (
    Call,
    Decision,
    DecisionItem,
    DecisionKind,
    Disclosure,
    Draft,
    Duty,
    Filing,
    FormVersion,
    OfficerNote,
    Series,
    remind_days,
)  # fmt: skip
from committees.filings.numbers import next_call_number
from committees.filings.schema import Form
from committees.filings.seal_actions import seal_draft, since
from committees.filings.spreads import roll_up_types
from committees.roster.models import Committee
from committees.workflow.advance import advance, moved_on
from committees.workflow.models import DeskEntry, Trail
from tenants.models import School, User


class DraftConflict(Exception):
    """Somebody else saved this draft meanwhile; `draft` is what stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("draft changed")
        self.draft = draft


def load_form(*, form: Form, at: datetime) -> FormVersion:
    """Keep a form in its version. The same version with another definition is refused: make a new version."""
    found = FormVersion.objects.filter(code=form.code, version=form.version).first()
    if found is None:
        return FormVersion.objects.create(
            code=form.code, version=form.version, definition=form.definition(), digest=form.digest(), loaded_at=at
        )
    if found.digest != form.digest():
        raise ValueError(f"form {form.code} {form.version} is already kept with another definition")
    return found


def draft_call(
    *,
    committee: Committee,
    kind: str,
    form: FormVersion,
    period: str,
    title_zh: str,
    title_en: str,
    opens_on: date,
    due_on: date,
    disclosure: str = Disclosure.TOTALS,
    text: str = "",
    attribution: str = "",
    takes_late: bool = True,
    co_issued: bool = False,
    series: Series | None = None,
    by: User | None,
    at: datetime,
) -> Call:
    """A call in preparation, with its number."""
    kind_of(kind)
    before = series.calls.order_by("-pk").first() if series else None
    with transaction.atomic():
        return Call.objects.create(
            remind_before=before.remind_before if before else remind_days(),
            number=next_call_number(committee, at.year), committee=committee, kind=kind, form=form, period=period,
            title_zh=title_zh, title_en=title_en, opens_on=opens_on, due_on=due_on, disclosure=disclosure, text=text,
            attribution=attribution, takes_late=takes_late, co_issued=co_issued, series=series, created_by=by, created_at=at,
        )  # fmt: skip


def open_call(
    *, call: Call, schools: Sequence[School], by: User | None, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Open a call: every school addressed gets a duty, a filing and an entry on its clerks' desk. What schools read is
    written down with the move."""

    def effect(locked: Call, trail: Trail) -> Mapping[str, Any]:
        address(locked, schools, locked.due_on, at)
        return {"words": words_of(locked)}

    facts = {"schools": len(schools)}
    return advance(call, "open", by=by, at=at, version=version, key=key, facts=facts, effect=effect)


def address(call: Call, schools: Sequence[School], due: date, at: datetime) -> None:
    """Give schools their duties under a call whose row is locked: duty, case, entry on the clerks' desk."""
    duties = Duty.objects.bulk_create([Duty(call=call, school=school, due_on=due) for school in schools])
    filings = Filing.objects.bulk_create(
        [Filing(duty=duty, call=call, school=duty.school, state_since=at) for duty in duties]
    )
    DeskEntry.objects.bulk_create([entry for filing in filings for entry in desk_entries(filing, call, at)])


def close_call(*, call: Call, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """Close a call: nothing new is started under it."""
    return advance(call, "close", by=by, at=at, version=version, key=key)


def start(*, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """A clerk begins: the draft is made in the school's books, the duty learns when."""

    def effect(locked: Filing, trail: Trail) -> None:
        since(locked, at)
        Duty.objects.filter(pk=locked.duty_id, started_at__isnull=True).update(started_at=at)
        Draft.objects.get_or_create(filing_id=locked.public_id, defaults=_new_draft(locked, by, at))

    return advance(filing, "start", by=by, at=at, version=version, key=key, effect=effect)


def answer(*, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """A clerk begins to answer a returned filing: the draft opens again with what was filed last."""

    def effect(locked: Filing, trail: Trail) -> None:
        since(locked, at)
        if was_ordered(locked):
            restore_draft(locked, by, at)

    return advance(filing, "answer", by=by, at=at, version=version, key=key, effect=effect)


def save_draft(*, filing: Filing, entries: Mapping[str, Entry], revision: int | None, by: User, at: datetime) -> Draft:
    """Keep a draft as one types. `entries` replaces those named and leaves the others; `revision` is the one the person
    saw (None: overwrite). Raises DraftConflict, or MoveRefused when the filing is not being filled in."""
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        if locked.state != "started":
            raise moved_on(locked)
        draft = Draft.objects.select_for_update().get(filing_id=filing.public_id)
        if revision is not None and revision != draft.revision:
            raise DraftConflict(draft)
        draft.entries = {**draft.entries, **{code: entry.as_json() for code, entry in entries.items()}}
        draft.revision += 1
        draft.updated_at, draft.updated_by = at, by
        draft.save()
        return draft


def request_approval(
    *, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Send a complete draft to the head."""
    return advance(
        filing, "request_approval", by=by, at=at, version=version, key=key, effect=partial(_plain_effect, at=at)
    )


def send_back(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The head gives a draft back to the clerk with a reason."""
    return advance(
        filing, "send_back", by=by, at=at, version=version, key=key, reason=reason,
        facts=stands_in_for(filing, by, at), effect=partial(_plain_effect, at=at),
    )  # fmt: skip


def recall(*, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """The clerk takes a draft back from the head."""
    return advance(filing, "recall", by=by, at=at, version=version, key=key, effect=partial(_plain_effect, at=at))


def file(*, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """The head, or who stands in for him, approves and files: the draft is copied, sealed and numbered on the
    association's floor. Nobody approves what he prepared himself."""
    effect = partial(seal_draft, by=by, at=at)
    return advance(
        filing, "file", by=by, at=at, version=version, key=key, facts=stands_in_for(filing, by, at), effect=effect
    )


def withdraw(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """The head withdraws a filing that nobody has taken up; the sealed version stays, without effect."""

    def effect(locked: Filing, trail: Trail) -> None:
        since(locked, at)
        if locked.counted_id is None:  # a correction is not late: what it corrects came when it came
            locked.filed_on, locked.late = None, False

    return advance(
        filing, "withdraw", by=by, at=at, version=version, key=key, reason=reason,
        facts=stands_in_for(filing, by, at), effect=effect,
    )  # fmt: skip


def take_up(*, filing: Filing, by: User, at: datetime, version: int | None = None, key: UUID | None = None) -> Trail:
    """An officer takes a filing up: from now on the school cannot withdraw it."""
    return advance(filing, "take_up", by=by, at=at, version=version, key=key, effect=partial(_plain_effect, at=at))


def return_items(
    *, filing: Filing, items: Mapping[str, str], reason: str = "", by: User, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Return a filing with a reason at single items; `items` maps indicator to reason."""

    def effect(locked: Filing, trail: Trail) -> None:
        decision = _decide(locked, DecisionKind.RETURNED, reason, by, at)
        DecisionItem.objects.bulk_create(
            [DecisionItem(decision=decision, indicator=code, reason=text.strip()) for code, text in items.items()]
        )
        OfficerNote.objects.filter(filing_version=locked.latest_id).delete()

    facts = {"items": {code: text.strip() for code, text in items.items()}}
    return advance(
        filing, "return_items", by=by, at=at, version=version, key=key, reason=reason, facts=facts, effect=effect
    )


def accept(
    *, filing: Filing, reason: str = "", facts: Mapping[str, Any] | None = None, by: User, at: datetime,
    version: int | None = None, key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Accept the latest version: from this moment it counts, and the association's sums change by exactly that. What
    counted until now is kept with the move: version, figures and sums."""

    def effect(locked: Filing, trail: Trail) -> dict[str, Any]:
        _decide(locked, DecisionKind.ACCEPTED, reason, by, at)
        return _count(locked, at)

    return advance(filing, "accept", by=by, at=at, version=version, key=key, reason=reason, facts=facts, effect=effect)


def refuse(
    *, filing: Filing, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Refuse a filing for good, with a reason."""

    def effect(locked: Filing, trail: Trail) -> None:
        _decide(locked, DecisionKind.REFUSED, reason, by, at)

    return advance(filing, "refuse", by=by, at=at, version=version, key=key, reason=reason, effect=effect)


def _plain_effect(filing: Filing, trail: Trail, *, at: datetime) -> None:
    since(filing, at)


def _new_draft(filing: Filing, by: User, at: datetime) -> dict[str, Any]:
    form = filing.call.form
    return {"form_code": form.code, "form_version": form.version, "updated_at": at, "updated_by": by}


def _decide(filing: Filing, kind: str, reason: str, by: User, at: datetime) -> Decision:
    since(filing, at)
    assert filing.latest is not None
    return Decision.objects.create(filing_version=filing.latest, kind=kind, reason=reason.strip(), by=by, at=at)


def _count(filing: Filing, at: datetime) -> dict[str, Any]:
    """Let the latest version count: its figures are kept, the sums of the call brought up to date. Returns what it
    replaces, where something counted before."""
    call = Call.objects.select_for_update().get(pk=filing.call_id)
    version = filing.latest
    assert version is not None
    answer_sealed = answer_in(version, version.form.form())
    kind = kind_of(call.kind)
    write_figures(version, kind.figures(answer_sealed, kind.coefficients_in(version.coefficients)), call)
    before, sums = filing.counted, said_sums(call)
    filing.counted = version
    Filing.objects.filter(pk=filing.pk).update(counted=version)
    roll_up(call, at)
    roll_up_types(call, at)
    return replaced(before, version, sums, said_sums(call)) if before else {}


def new_key() -> UUID:
    """A fresh idempotency key for a form."""
    return uuid.uuid4()

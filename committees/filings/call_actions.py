"""Writes on a call beside its opening and closing: its draft, and what changes after schools have read it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from committees.filings.actions import address
from committees.filings.duty_actions import extend, release
from committees.filings.flows import UNFILED
from committees.filings.models import Call, Filing, FormVersion
from committees.filings.rules import call_roles
from committees.filings.seal_actions import since
from committees.workflow.advance import MoveRefused, advance
from committees.workflow.models import Trail
from tenants.models import School, User

#: What may be put in other words after opening. What is asked, of whom it is shown and when it began stays.
WORDING = ("title_zh", "title_en", "text", "attribution")
#: Cases that nothing was decided about; in the order of their keys, so that two moves on many cases never cross.
UNDECIDED = (*UNFILED, "returned", "none_said", "filed", "taken_up")


def change_call(
    *,
    call: Call,
    kind: str,
    form: FormVersion,
    period: str,
    title_zh: str,
    title_en: str,
    opens_on: date,
    due_on: date,
    disclosure: str,
    text: str,
    attribution: str,
    takes_late: bool = True,
    co_issued: bool = False,
    by: User,
    at: datetime,
) -> Call:
    """Change a call before it is opened; afterwards schools have read it, and its words change by `reword_call` only.

    Raises MoveRefused for people without a deciding seat, and once the call is open.
    """
    with transaction.atomic():
        locked = Call.objects.select_for_update(of=("self",)).select_related("committee").get(pk=call.pk)
        if not call_roles(locked, by, at) & {"chair", "officer"}:
            raise MoveRefused(_("This is not yours to do."), code="role")
        if locked.state in ("proposed", "agreed"):
            raise MoveRefused(_("The commission has this call as it is. Take it back to change it."), code="stale")
        if locked.state != "drafted":
            raise MoveRefused(_("This call is no draft any more; schools have read it as it is."), code="stale")
        locked.kind, locked.form, locked.period = kind, form, period
        locked.title_zh, locked.title_en, locked.text = title_zh, title_en, text
        locked.opens_on, locked.due_on = opens_on, due_on
        locked.disclosure, locked.attribution, locked.takes_late = disclosure, attribution, takes_late
        locked.co_issued = co_issued
        locked.save()
    return locked


def cancel_call(
    *, call: Call, reason: str, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """Cancel a call, with a reason. Everything under it that is not decided is released; drafts stay readable in the
    schools, what was accepted stays on record and is no longer published."""
    with transaction.atomic():
        cases = _locked_cases(call, UNDECIDED)
        trail = advance(call, "cancel", by=by, at=at, version=version, key=key, reason=reason)
        for case in cases:
            release(filing=case, reason=trail.reason, by=by, at=at)
    return trail


def reword_call(
    *, call: Call, words: Mapping[str, str], due_on: date | None = None, reason: str, by: User, at: datetime,
    version: int | None = None, key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Change the words of an open call (`WORDING`), and move its day for everyone who has not filed (`due_on`, later
    than now). Both wordings are kept with the move. Raises MoveRefused, also when nothing differs."""

    def effect(locked: Call, trail: Trail) -> None:
        for name, text in trail.facts["after"].items():
            setattr(locked, name, date.fromisoformat(text) if name == "due_on" else text)

    with transaction.atomic():
        cases = _locked_cases(call, (*UNFILED, "returned"))
        before, after = _changes(call, words, due_on)
        facts = {"before": before, "after": after}
        trail = advance(
            call, "reword", by=by, at=at, version=version, key=key, reason=reason, facts=facts, effect=effect
        )
        if "due_on" in after and trail.at == at:
            _postpone(cases, date.fromisoformat(after["due_on"]), reason, by, at)
    return trail


def change_form(
    *, call: Call, form: FormVersion, reason: str, by: User, at: datetime, version: int | None = None,
    key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Ask for another version of the form under an open call. Drafts are carried over when their school opens them
    (school/carrying.py); what lies with a head goes back to the clerk; what is filed stays under the form it was filed
    with. Raises MoveRefused, also where sums would mix units."""

    def effect(locked: Call, trail: Trail) -> None:
        locked.form = form

    facts = {
        "form_before": call.form_id, "form_after": form.pk, "from": call.form.version, "to": form.version,
    }  # fmt: skip
    with transaction.atomic():
        cases = _locked_cases(call, ("approval_requested",))
        trail = advance(
            call, "change_form", by=by, at=at, version=version, key=key, reason=reason, facts=facts, effect=effect
        )
        for case in cases:
            advance(case, "renew", by=by, at=at, reason=reason, effect=lambda locked, _trail: since(locked, at))
    return trail


def add_schools(
    *, call: Call, schools: Sequence[School], due_on: date, by: User | None, at: datetime,
    version: int | None = None, key: UUID | None = None,
) -> Trail:  # fmt: skip
    """Address further schools under an open call, due on a day of their own; those addressed before are left alone."""

    def effect(locked: Call, trail: Trail) -> Mapping[str, Any]:
        address(locked, new, due_on, at)
        return {"due_on": due_on.isoformat()}

    with transaction.atomic():
        Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        known = set(Filing.objects.filter(call=call).values_list("school_id", flat=True))
        new = [school for school in schools if school.pk not in known]
        facts = {"schools": len(new), "codes": [school.code for school in new]}
        return advance(call, "add_schools", by=by, at=at, version=version, key=key, facts=facts, effect=effect)


def _locked_cases(call: Call, states: Iterable[str]) -> list[Filing]:
    """Cases of a call in some states, locked before the call's own row, as accepting does."""
    cases = Filing.objects.select_for_update(of=("self",)).filter(call=call, state__in=tuple(states))
    return list(cases.select_related("duty").order_by("pk"))


def _changes(call: Call, words: Mapping[str, str], due_on: date | None) -> tuple[dict[str, str], dict[str, str]]:
    """(before, after) of what differs. Raises MoveRefused when nothing does, or the day would come earlier."""
    if unknown := set(words) - set(WORDING):
        raise ValueError(f"not a call's words: {sorted(unknown)}")
    after = {name: text.strip() for name, text in words.items() if text.strip() != getattr(call, name)}
    before = {name: getattr(call, name) for name in after}
    if due_on is not None and due_on != call.due_on:
        if due_on < call.due_on:
            raise MoveRefused(_("The day can only be moved to a later one; schools count on it."), code="guard")
        before["due_on"], after["due_on"] = call.due_on.isoformat(), due_on.isoformat()
    if not after:
        raise MoveRefused(_("Nothing is changed yet."), code="guard")
    return before, after


def _postpone(cases: Iterable[Filing], due_on: date, reason: str, by: User, at: datetime) -> None:
    for case in cases:
        if case.duty.due_on < due_on:
            extend(filing=case, due_on=due_on, reason=reason, by=by, at=at)

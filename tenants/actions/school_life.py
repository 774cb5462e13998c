"""What becomes of a school after its opening: another name or code, closing, reopening, a merger.

Every action locks the school's row, refuses what does not fit its state, and writes one line of the security log. The
books of a school stay as they are in all of them: only its address begins or ceases to answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.actions.schools import SchoolRefused, claim_code, pinyin_key
from tenants.actions.security import record_event
from tenants.codes import validate_code
from tenants.hosts import forget_hosts
from tenants.models import RetiredCode, School, SchoolState, SecurityAction, User


@contextmanager
def _locked(school: School, *states: SchoolState) -> Iterator[School]:
    """The row, locked; refused when it is in none of `states`. This worker forgets its hosts afterwards."""
    with transaction.atomic():
        row = School.objects.select_for_update().get(pk=school.pk)
        if row.state not in states:
            raise SchoolRefused(
                _("This school is “%(state)s” now. Reload the page.") % {"state": row.get_state_display()}
            )
        yield row
    transaction.on_commit(forget_hosts)


def rename_school(
    *, school: School, name_zh: str, name_en: str, code: str, by: User | None, at: datetime, district: str | None = None,
    joined_on: date | Literal["as it is"] | None = "as it is",
) -> School:  # fmt: skip
    """Give a school another name or code. The schema keeps its name; the old code leads to the new one for ever and no
    other school gets it; the school itself may take it back. Raises SchoolRefused, ValidationError for a bad code."""
    with _locked(school, SchoolState.OPENING, SchoolState.OPEN, SchoolState.CLOSED) as row:
        after = {
            "name_zh": name_zh.strip(), "name_en": name_en.strip(), "code": code,
            "district": row.district if district is None else district.strip(),
            "joined_on": row.joined_on if joined_on == "as it is" else joined_on,
        }  # fmt: skip
        before = {field: getattr(row, field) for field in after}
        if code != row.code:
            validate_code(code)
            claim_code(code, row)
            RetiredCode.objects.get_or_create(code=row.code, defaults={"school": row, "retired_at": at})
        if School.objects.filter(name_zh=after["name_zh"]).exclude(pk=row.pk).exists():
            raise SchoolRefused(_("Another school has this name."))
        for field, value in after.items():
            setattr(row, field, value)
        row.pinyin = pinyin_key(row.name_zh)
        row.save(update_fields=[*after, "pinyin"])
        changed = {f: [_said(before[f]), _said(after[f])] for f in after if before[f] != after[f]}
        record_event(action=SecurityAction.SCHOOL_RENAMED, user=by, at=at, school=row, changed=changed)
    return row


def _said(value: object) -> str:
    """A value of the register as the log keeps it: days as text."""
    return "" if value is None else str(value)


def close_school(*, school: School, reason: str, by: User | None, at: datetime) -> School:
    """Close a school: its host ceases to answer in every worker within two seconds; its books stay."""
    with _locked(school, SchoolState.OPEN) as row:
        _turn(row, SchoolState.CLOSED)
        _note(row, SecurityAction.SCHOOL_CLOSED, reason, by, at)
    return row


def reopen_school(*, school: School, reason: str, by: User | None, at: datetime) -> School:
    """Open a closed or merged school again, with everything it had."""
    with _locked(school, SchoolState.CLOSED, SchoolState.MERGED) as row:
        row.merged_into = None
        _turn(row, SchoolState.OPEN)
        _note(row, SecurityAction.SCHOOL_REOPENED, reason, by, at)
    return row


def merge_school(*, school: School, into: School, reason: str, by: User | None, at: datetime) -> School:
    """Mark a school as merged into another, open one. Its host leads there; its books and filings stay its own."""
    with _locked(school, SchoolState.OPEN, SchoolState.CLOSED) as row:
        target = School.objects.select_for_update().get(pk=into.pk)
        if target.pk == row.pk or target.state != SchoolState.OPEN:
            raise SchoolRefused(_("A school is merged into another one that is open."))
        row.merged_into = target
        _turn(row, SchoolState.MERGED)
        _note(row, SecurityAction.SCHOOL_MERGED, reason, by, at, into=target.code)
    return row


def _turn(row: School, state: SchoolState) -> None:
    row.state = state
    row.save(update_fields=["state", "merged_into"])


def _note(row: School, action: SecurityAction, reason: str, by: User | None, at: datetime, **facts: Any) -> None:
    if not reason.strip():
        raise SchoolRefused(_("Give a reason."))
    record_event(action=action, user=by, at=at, school=row, reason=reason.strip(), **facts)

"""Registering and opening schools (their later life: school_life.py)."""

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tenants.actions.security import record_event
from tenants.codes import validate_code
from tenants.hosts import forget_hosts
from tenants.models import RetiredCode, School, SchoolState, SecurityAction, User


class SchoolRefused(ValueError):
    """A school cannot be opened so; the text says why."""


def pinyin_key(name: str) -> str:
    """Sort and search key of a Chinese name: toneless pinyin, then initials (`tianjin daxue tjdx`)."""
    from pypinyin import Style, lazy_pinyin  # 50 MB of dictionaries, needed only where a name is written

    syllables = lazy_pinyin(name, style=Style.NORMAL, errors="default")
    initials = "".join(syllable[0] for syllable in syllables if syllable)
    return f"{' '.join(syllables)} {initials}".lower()[:200]


def claim_code(code: str, school: School | None = None) -> None:
    """Make sure, until the transaction ends, that nobody else has or had a code. Raises SchoolRefused.

    A code is free only in two tables together; the lock keeps one claim from passing between the two looks of another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tenants.codes'))")
    others = School.objects.exclude(pk=school.pk) if school else School.objects.all()
    if others.filter(code=code).exists():
        raise SchoolRefused(_("Another school has, or had, this code."))
    if RetiredCode.objects.filter(code=code).exclude(school=school).exists():
        raise SchoolRefused(_("Another school has, or had, this code."))


def register_school(
    *, code: str, name_zh: str, name_en: str, type: str, by: User | None, at: datetime, district: str = "",
    joined_on: date | None = None,
) -> School:  # fmt: skip
    """Enter a school in the register, not yet open. The code is checked, and never one that another school had."""
    validate_code(code)
    with transaction.atomic():
        claim_code(code)
        school = School.objects.create(
            code=code, schema_name=f"s_{code}", name_zh=name_zh.strip(), name_en=name_en.strip(), type=type,
            pinyin=pinyin_key(name_zh), district=district.strip(), joined_on=joined_on,
        )  # fmt: skip
        record_event(action=SecurityAction.SCHOOL_REGISTERED, user=by, at=at, school=school)
    return school


def build_school(*, school: School, by: User | None, at: datetime) -> School:
    """Build the school's schema from the template and light its host; whole or not at all, and safe to repeat."""
    with transaction.atomic():
        row = School.objects.select_for_update().get(pk=school.pk)
        if row.state == SchoolState.OPENING:
            with connection.cursor() as cursor:
                cursor.execute("SELECT public.open_school_schema(%s)", [row.schema_name])
            row.state, row.opened_at = SchoolState.OPEN, at
            row.save(update_fields=["state", "opened_at"])
            record_event(action=SecurityAction.SCHOOL_OPENED, user=by, at=at, school=row)
    forget_hosts()
    return row


def open_school(*, by: User | None, at: datetime, **register: Any) -> School:
    """Register and build in one go (seed, tests)."""
    return build_school(school=register_school(by=by, at=at, **register), by=by, at=at)

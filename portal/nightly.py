"""What is done once a night: rows nobody needs, contents nobody names, and the check of what must always hold."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q

from committees.files.registry import known_hashes
from committees.files.store import file_store
from committees.files.sweep import find_missing, find_spoilt
from committees.filings.invariants import broken_invariants
from committees.filings.models import CarriedImport
from tenants.clock import database_now
from tenants.models import EntryTicket, KeptForm, MailChange


def clear_rows(*, done_before: timedelta) -> dict[str, int]:
    """Remove what has run out; jobs that were done longer ago than `done_before`. Returns how many rows of what."""
    now = database_now()
    old_changes = Q(expires_at__lt=now - done_before)
    return {
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "tickets": EntryTicket.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()[0],
        "kept forms": KeptForm.objects.filter(expires_at__lt=now).delete()[0],
        "old returns only looked at": CarriedImport.objects.filter(
            confirmed_at=None, read_at__lt=now - timedelta(days=7)
        ).delete()[0],
        "mail changes": MailChange.objects.filter(old_changes).delete()[0],
        "cache": _run("DELETE FROM public.cache_entries WHERE expires < now()"),
        "jobs": _run(
            "DELETE FROM public.procrastinate_jobs j WHERE j.status IN ('succeeded', 'cancelled', 'aborted') AND NOT EXISTS "
            "(SELECT 1 FROM public.procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - %s)",
            [done_before],
        ),
    }


def lost_files() -> list[str]:
    """The hashes of rows whose content is gone or spoilt."""
    store, known = file_store(), known_hashes()
    return sorted({*find_missing(store, known), *find_spoilt(store, known)})


def broken_rows() -> list[str]:
    """Every row that does not hold, in words."""
    return list(broken_invariants())


def _run(statement: str, values: list[Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)

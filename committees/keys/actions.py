"""Making, revoking and using keys."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from committees.keys.models import ApiKey
from committees.keys.secret import MARK, digest_of
from tenants.actions.security import record_event
from tenants.models import School, SecurityAction, User

#: A use is written down at most this often: a program that asks each second does not write each second.
USE_NOTED_EVERY = timedelta(minutes=1)


def make_key(
    *, school: School, name: str, scopes: list[str], expires_on: date, by: User, at: datetime
) -> tuple[ApiKey, str]:
    """A new key in the school one stands in, and its secret, which nobody can read again. In the security log stand its
    first signs, what it opens and until when."""
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    with transaction.atomic():
        row = ApiKey.objects.create(
            name=name, prefix=prefix, digest=digest_of(secret), scopes=sorted(scopes), expires_on=expires_on,
            made_at=at, made_by=by,
        )  # fmt: skip
        record_event(
            action=SecurityAction.KEY_MADE, user=by, at=at, school=school, key=row.begins, scopes=row.scopes,
            until=expires_on.isoformat(),
        )  # fmt: skip
    return row, f"{MARK}_{prefix}_{secret}"


def revoke_key(*, school: School, key: ApiKey, by: User, at: datetime) -> ApiKey:
    """From now on the key opens nothing. Revoking twice changes nothing."""
    with transaction.atomic():
        row = ApiKey.objects.select_for_update().get(pk=key.pk)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = at, by
            row.save(update_fields=["revoked_at", "revoked_by"])
            record_event(action=SecurityAction.KEY_REVOKED, user=by, at=at, school=school, key=row.begins)
    return row


def note_use(*, key: ApiKey, at: datetime) -> None:
    """Write down that a key was used, once a minute at most."""
    if key.used_at is None or at - key.used_at >= USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(used_at=at)

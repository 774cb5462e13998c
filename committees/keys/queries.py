"""Named reads about keys."""

import hmac
from datetime import date

from django.db.models import QuerySet

from committees.keys.models import ApiKey
from committees.keys.secret import MARK, digest_of


def keys_here() -> QuerySet[ApiKey]:
    """The keys of the school one stands in, the newest first."""
    return ApiKey.objects.select_related("made_by", "revoked_by").order_by("-made_at", "-pk")


def key_shown(text: str, day: date) -> ApiKey | None:
    """The key behind what a program shows; None for anything else, also when it is revoked or over. Same time for a
    wrong secret and a right one."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != MARK or not (prefix.isascii() and prefix.isalnum()) or len(prefix) > 12:
        return None
    row = ApiKey.objects.filter(prefix=prefix, revoked_at__isnull=True, expires_on__gte=day).first()
    given = digest_of(secret)
    return row if row is not None and hmac.compare_digest(row.digest, given) else None

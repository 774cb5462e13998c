"""Tickets from the association's sign-in to a school's host: made, and used once."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings

from tenants.models import EntryTicket, School, SignIn
from tenants.signin.entry import sha256


def issue_ticket(*, sign_in: SignIn, school: School, host: str, challenge: str, at: datetime) -> str:
    """A new ticket (32 random bytes as text), good for one use in a minute by the browser that holds the nonce."""
    EntryTicket.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    token = secrets.token_urlsafe(32)
    EntryTicket.objects.create(
        token_hash=sha256(token), challenge=challenge, sign_in=sign_in, school=school, host=host,
        expires_at=at + timedelta(seconds=settings.ENTRY_TICKET_SECONDS),
    )  # fmt: skip
    return token


def use_ticket(*, token: str, challenge: str, school: School, host: str, at: datetime) -> SignIn | None:
    """The sign-in behind a ticket, or None: unknown, used, late, of another host or browser, or signed out since.

    One UPDATE decides: of two uses at once exactly one finds the row unused. It must name this table alone: with a join
    Django writes a subquery, which the second use would not look at again after waiting for the first.
    """
    hashed = sha256(token)
    mine = EntryTicket.objects.filter(token_hash=hashed, challenge=challenge, school=school, host=host)
    if not challenge or not mine.filter(used_at=None, expires_at__gt=at).update(used_at=at):
        return None
    return SignIn.objects.select_related("user").filter(pk__in=mine.values("sign_in"), ended_at=None).first()

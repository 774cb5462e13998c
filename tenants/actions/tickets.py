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
    """The sign-in behind a ticket, or None: unknown, used, late, of another host, school or browser, or signed out since.

    One UPDATE decides: of two uses at once exactly one finds the row unused.
    """
    hashed = sha256(token)
    used = EntryTicket.objects.filter(
        token_hash=hashed, challenge=challenge, school=school, host=host, used_at=None, expires_at__gt=at,
        sign_in__ended_at=None,
    ).update(used_at=at)  # fmt: skip
    if not used or not challenge:
        return None
    return SignIn.objects.select_related("user").get(pk=EntryTicket.objects.values("sign_in").get(token_hash=hashed)["sign_in"])

"""Handing a queued mail to the mail server, and remembering the addresses whose server took none."""

from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from committees.notices.actions import note_failure, note_success
from tenants.clock import database_now

#: From here on a server says: never, not "not now" (RFC 5321, 4.2.1).
FOR_GOOD = 500


def hand_over(mail: dict[str, Any]) -> None:
    """Send a mail as `written_down` wrote it. An address that is refused stands on the secretary's list until a mail
    reaches it or somebody settles it. Raises what may pass (a full box, no server); a refusal for good is over."""
    message = EmailMultiAlternatives(
        mail["subject"], mail["body"], mail["sender"], mail["to"], cc=mail["cc"], bcc=mail["bcc"],
        headers=mail.get("headers") or {}, connection=get_connection(settings.MAIL_BACKEND),
    )  # fmt: skip
    if mail["html"]:
        message.attach_alternative(mail["html"], "text/html")
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        refused = {address: (int(code), said) for address, (code, said) in error.recipients.items()}
        if _noted(refused, mail):
            raise
    except SMTPDataError as error:
        if _noted(dict.fromkeys(message.recipients(), (error.smtp_code, error.smtp_error)), mail):
            raise
    else:
        note_success(addresses=message.recipients(), at=database_now())


def _noted(refused: dict[str, tuple[int, Any]], mail: dict[str, Any]) -> bool:
    """Write the refusals down; whether another try makes sense."""
    at = database_now()
    for address, (code, said) in refused.items():
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        note_failure(address=address, subject=mail["subject"], error=f"{code} {words}", at=at)
    return any(code < FOR_GOOD for code, _said in refused.values())

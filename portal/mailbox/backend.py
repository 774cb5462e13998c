"""Django's e-mail backend of the demo: keeps mails as rows."""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from portal.mailbox.models import Mail
from tenants.context import association_scope


class MailboxBackend(BaseEmailBackend):
    """Puts each mail into the demo mailbox, whichever floor it was sent from."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Keep the mails; returns how many."""
        rows = [_row(message) for message in email_messages if message.recipients()]
        with association_scope():
            return len(Mail.objects.bulk_create(rows))


def _row(message: EmailMessage) -> Mail:
    pages = [content for content, kind in getattr(message, "alternatives", []) if kind == "text/html"]
    plain = "" if message.content_subtype == "html" else str(message.body)
    html = str(message.body) if message.content_subtype == "html" else str(pages[0]) if pages else ""
    names = [str(part[0]) for part in message.attachments if isinstance(part, tuple)]
    return Mail(
        sender=message.from_email, recipients=", ".join(message.recipients()), subject=str(message.subject), text=plain,
        html=html, attachments=names,
    )  # fmt: skip

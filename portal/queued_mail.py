"""Django's e-mail backend for earnest use: mails are jobs of the same transaction, sent by the job worker."""

from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from tenants.context import association_scope

#: Queues on Django's connection also inside the worker, whose own connection knows nothing of the job's transaction.
_manager = JobManager(DjangoConnector(alias="default"))


class QueueBackend(BaseEmailBackend):
    """A page never waits for a mail server; a mail of a transaction that is rolled back is never sent."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Put the mails into the queue; returns how many."""
        from portal.tasks import mail_send

        written = [written_down(message) for message in email_messages if message.recipients()]
        with association_scope():
            for mail in written:
                JobDeferrer(job_manager=_manager, job=mail_send.configure().job).defer(mail=mail)
        return len(written)


def written_down(message: EmailMessage) -> dict[str, Any]:
    """A mail as plain values. Raises ValueError for attachments: the portal's mails carry links, not files."""
    if message.attachments:
        raise ValueError("queued mails carry no attachments")
    pages = [str(content) for content, kind in getattr(message, "alternatives", []) if kind == "text/html"]
    return {
        "subject": str(message.subject), "body": str(message.body), "sender": message.from_email,
        "to": list(message.to), "cc": list(message.cc), "bcc": list(message.bcc), "html": pages[0] if pages else "",
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
    }  # fmt: skip

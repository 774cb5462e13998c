"""The demo mailbox as an app."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """Mails of a demo."""

    name = "portal.mailbox"

"""`manage.py retire_security_log`: let go of lines older than the settings keep; the owner's task, once a night."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from tenants.clock import database_now
from tenants.models import SecurityEvent


class Command(BaseCommand):
    """The runtime role may not delete a line; this command is run by the owner of the database."""

    help = "Delete security log lines older than SECURITY_LOG_DAYS (never younger than 180 days)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeating it changes nothing."""
        days = max(180, settings.SECURITY_LOG_DAYS)
        count, _ = SecurityEvent.objects.filter(at__lt=database_now() - timedelta(days=days)).delete()
        self.stdout.write(f"{count} lines older than {days} days are gone")

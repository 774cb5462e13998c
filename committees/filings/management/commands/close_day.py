"""`manage.py close_day`: close every day that is over under its published root."""

from typing import Any

from django.core.management import BaseCommand

from committees.filings.root_actions import close_days
from tenants.clock import database_now


class Command(BaseCommand):
    """Safe to repeat; the job worker does the same every hour."""

    help = "Close the days that are over: one published root over all seals and moves of each."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says each root once, for whoever keeps them elsewhere."""
        for row in close_days(at=database_now()):
            self.stdout.write(f"{row.day} {row.root}")

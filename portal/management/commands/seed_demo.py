"""`manage.py seed_demo`: fill an empty association with the demo."""

from typing import Any

from django.core.management import BaseCommand

from committees.filings.root_actions import close_days
from portal.demo.seed import seed_demo
from tenants.clock import database_now


class Command(BaseCommand):
    """Does nothing when there are schools already."""

    help = "Fill an empty association with invented schools and people on real figures."

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs as the runtime role, through the same actions as the pages."""
        made = seed_demo(database_now())
        close_days(at=database_now())
        self.stdout.write("demo content made" if made else "demo content was there already")

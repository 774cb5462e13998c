"""`manage.py verify_invariants`: recompute seals, figures and sums, and name what does not hold."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from committees.filings.invariants import broken_invariants
from committees.filings.models import FilingVersion


class Command(BaseCommand):
    """Exits with an error when anything is broken."""

    help = "Recompute seals, figures and sums; name every row that does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads everything, changes nothing."""
        broken = list(broken_invariants())
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} broken")
        self.stdout.write(f"{FilingVersion.objects.count()} sealed versions hold, with their figures and sums")

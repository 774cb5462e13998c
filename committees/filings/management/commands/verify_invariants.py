"""`manage.py verify_invariants`: recompute seals, chains, figures, sums and roots, and name what does not hold."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from committees.filings.daily_roots import root_of
from committees.filings.invariants import broken_invariants, receipt_faults
from committees.filings.models import FilingVersion


class Command(BaseCommand):
    """Exits with an error when anything is broken."""

    help = "Recompute seals, chains, figures, sums and roots; name every row that does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What was kept outside the database catches even a change that is consistent in itself."""
        parser.add_argument("--root", action="append", default=[], metavar="DAY=ROOT", help="a root kept elsewhere")
        parser.add_argument("--receipt", action="append", default=[], metavar="FILE", help="a seal.json kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads everything, changes nothing."""
        broken = [*broken_invariants(), *self._kept_elsewhere(options["root"], options["receipt"])]
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} broken")
        self.stdout.write(f"{FilingVersion.objects.count()} sealed versions hold, with their figures and sums")

    def _kept_elsewhere(self, roots: list[str], receipts: list[str]) -> Iterator[str]:
        for text in roots:
            day, _, root = text.partition("=")
            row = root_of(date.fromisoformat(day))
            if row is None or row.root != root:
                yield f"day {day}: the root kept elsewhere is {root}, here stands {row.root if row else 'none'}"
        for path in receipts:
            yield from receipt_faults(json.loads(Path(path).read_text(encoding="utf-8")))

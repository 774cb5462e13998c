"""`manage.py rule_docs`: write the reference page of the energy rules."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from committees.energy.checks import RULES
from committees.energy.rule_pages import rules_page


class Command(BaseCommand):
    """Writes docs/reference/energy-rules.md; repeating it changes nothing."""

    help = "Write docs/reference/energy-rules.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--to`: another folder."""
        parser.add_argument("--to", type=Path, default=Path(settings.ROOT) / "docs" / "reference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes a file, reads no database."""
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "energy-rules.md").write_text(rules_page(RULES), encoding="utf-8")
        self.stdout.write(f"{len(RULES)} rules written to {folder}")

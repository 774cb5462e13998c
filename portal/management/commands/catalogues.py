"""`manage.py catalogues`: compile the interface's words."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from portal.settings.environment import ROOT
from portal.translations import places


class Command(BaseCommand):
    """Compiles every .po of the project, parts included, to .mo; needs no gettext."""

    help = "Compile the catalogues of the interface."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--stale`: only those that changed."""
        parser.add_argument(
            "--stale", action="store_true", help="only catalogues that changed since they were compiled"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeating it changes nothing."""
        for path in list(places.stale(ROOT)) if options["stale"] else places.catalogues(ROOT):
            count = places.compile_catalogue(ROOT, path)
            self.stdout.write(f"{path.relative_to(ROOT)}: {count} messages")

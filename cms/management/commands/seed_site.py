"""`manage.py seed_site`: lay the ground of the site, and with --demo fill it with the demo's pages."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from cms.content import fill_site
from cms.setup import lay_foundation


class Command(BaseCommand):
    """Safe to repeat: what is there already is left alone."""

    help = "Make both languages, home pages and lists of news; with --demo also the demo's texts and pictures."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--demo` fills in the demo, `--from` another folder of the same shape."""
        parser.add_argument("--demo", action="store_true")
        parser.add_argument("--from", dest="folder", type=Path, default=settings.ROOT / "portal" / "demo" / "site")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs as the runtime role."""
        if options["demo"]:
            self.stdout.write(f"site: {fill_site(options['folder'])} pages made")
            return
        lay_foundation()
        self.stdout.write("site: ready")

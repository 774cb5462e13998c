"""`manage.py messages`: bring the catalogue up to date with the sources, and merge the parts into it."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from portal.settings.environment import ROOT
from portal.translations import places, po, sources


class Command(BaseCommand):
    """Finds all messages, keeps every translation there is, adds empty entries for new ones."""

    help = "Collect the messages of the interface into the catalogue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--prune`: let go of translations whose message is gone."""
        parser.add_argument("--prune", action="store_true", help="drop translations whose message is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeating it changes nothing."""
        found = sources.messages(ROOT)
        own = places.own_catalogue(ROOT)
        kept = po.read(own) if own.exists() else []
        parts = {path: po.read(path) for path in places.parts(ROOT)}
        entries = po.merged(found, kept, *parts.values())
        known = {entry.key for entry in found}
        if not options["prune"]:
            entries += [entry for entry in kept if entry.key not in known and any(entry.strings)]
        po.write(own, entries)
        for path, part in parts.items():
            _leave(path, [entry for entry in part if entry.key not in known])
        empty = sum(not entry.is_translated for entry in entries)
        self.stdout.write(f"{own.relative_to(ROOT)}: {len(entries)} messages, {empty} without translation")


def _leave(path: Path, rest: list[po.Entry]) -> None:
    """Keep in a part what no source asks for yet; an empty part goes."""
    if rest:
        po.write(path, rest)
    else:
        path.unlink()

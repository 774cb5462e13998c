"""`manage.py check_translations`: is every word of the interface there in Chinese, and English in the sources?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from portal.settings.environment import ROOT
from portal.translations import judgement, places, sources


class Command(BaseCommand):
    """Lists each missing, empty or fuzzy entry, each mismatch of placeholders, each message that is not English."""

    help = "Check the catalogues of the interface."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Fails with the list; silent when all is well but for a count."""
        faults = list(all_faults(ROOT))
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} faults"]))
        count = len(sources.messages(ROOT))
        self.stdout.write(f"{count} messages, all in Chinese and English; {len(places.catalogues(ROOT))} catalogues")


def all_faults(root: Path) -> Iterator[str]:
    """Everything that is wrong with the words of the interface."""
    found = sources.messages(root)
    yield from judgement.not_english(found)
    own = places.own_catalogue(root)
    yield from judgement.missing(found, places.entries(root, own))
    for path in places.catalogues(root):
        yield from (f"{path.relative_to(root)}: {fault}" for fault in judgement.faults(places.entries(root, path)))

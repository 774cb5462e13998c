"""`manage.py verify_files`: every content that a row names lies in the store and is what its name says."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from committees.files.registry import known_hashes
from committees.files.store import file_store
from committees.files.sweep import find_missing, find_spoilt


class Command(BaseCommand):
    """Reads every content; exits with an error when one is missing or spoilt."""

    help = "Recompute the hash of every stored content that a row names."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads everything, changes nothing."""
        store, known = file_store(), known_hashes()
        faults = [f"missing: {sha256}" for sha256 in find_missing(store, known)]
        faults += [f"spoilt: {sha256}" for sha256 in find_spoilt(store, known)]
        for line in faults:
            self.stderr.write(line)
        if faults:
            raise CommandError(f"{len(faults)} contents do not hold")
        self.stdout.write(f"{len(known)} stored contents hold")

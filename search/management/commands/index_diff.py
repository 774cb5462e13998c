"""`manage.py index_diff`: compare the index with the rooms' tables, and Elasticsearch with PostgreSQL's index."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from search.comparing import differences


class Command(BaseCommand):
    """Ends with an error when there are differences."""

    help = "Compare the search index with what it should hold."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference, then their number."""
        found = list(differences())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} differences; `manage.py index_rebuild` makes the index anew")
        self.stdout.write("0 differences")

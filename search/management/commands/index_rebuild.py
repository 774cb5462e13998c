"""`manage.py index_rebuild`: write the whole index anew, first PostgreSQL's, then Elasticsearch's behind its alias."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from search.comparing import fill, rebuild_elastic
from search.switchboard import elastic_engine


class Command(BaseCommand):
    """Search goes on answering while it runs."""

    help = "Write the search index anew from the rooms' tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--only-elasticsearch`: from PostgreSQL's index as it stands."""
        parser.add_argument("--only-elasticsearch", action="store_true", help="leave PostgreSQL's index as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeating it does no harm."""
        if not options["only_elasticsearch"]:
            self.stdout.write(f"{fill()} documents in PostgreSQL")
        if engine := elastic_engine():
            self.stdout.write(f"Elasticsearch: {rebuild_elastic(engine)}")

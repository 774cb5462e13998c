"""`manage.py write_reference`: write the generated pages of docs/reference anew."""

from typing import Any

from django.core.management import BaseCommand, call_command

#: Each writes its own pages; a test of its room fails when they are out of date.
WRITERS = ("flow_docs", "rule_docs")


class Command(BaseCommand):
    """One door for `make docs`."""

    help = "Write flows and rules as reference pages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Changes files under docs/reference only."""
        for writer in WRITERS:
            call_command(writer)

"""`manage.py check_schemas`: every school's schema equals the template, by name; differences are named."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from tenants.fingerprint import differences, schemas_of_schools


class Command(BaseCommand):
    """Reads the catalogue, changes nothing. Exits with an error when a school differs."""

    help = "Compare every school's schema with the template and name what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs as the owner."""
        schemas = schemas_of_schools()
        found = [str(difference) for difference in differences(schemas)]
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} differences")
        self.stdout.write(f"{len(schemas)} schools equal the template")

"""`manage.py upgrade`: bring the whole database up to date, as its owner."""

from collections.abc import Sequence
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from committees.filings.reference import load_shipped
from search.comparing import fill
from search.models import Entry
from tenants.clock import database_now
from tenants.context import leave_school
from tenants.fingerprint import Difference, differences, schemas_of_schools
from tenants.grants import write_grants
from tenants.school_migrations import migrate_schools
from tenants.template import refresh_template


class Command(BaseCommand):
    """Migrations of the association, the template, every school; the runtime role's rights; forms and coefficients."""

    help = "Run all migrations, refresh the template of schools, write the grants."

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs as the owner of the database; repeating it changes nothing."""
        verbosity = options["verbosity"]
        call_command("migrate_schemas", "--shared", interactive=False, verbosity=max(0, verbosity - 1))
        leave_school()
        call_command("createcachetable", verbosity=0)
        count = refresh_template(max(0, verbosity - 1))
        # Read after the template is refreshed: a school that opens meanwhile waits, and is opened from the new one.
        schemas = schemas_of_schools()
        report = migrate_schools(schemas)
        write_grants("public")
        load_shipped(at=database_now())
        if not Entry.objects.exists():  # what stood here before there was an index
            fill()
            call_command("wagtail_update_index", verbosity=0)  # the editors' own search
        drift = _drift(schemas)
        for line in [*map(str, drift), *(f"{schema}: {reason}" for schema, reason in report.failed.items())]:
            self.stderr.write(line)
        self.stdout.write(f"association up to date; template of {count} statements; {len(schemas)} schools: {report}")
        if report.failed:
            raise CommandError(f"{len(report.failed)} schools are not up to date; run it again")


def _drift(schemas: Sequence[str]) -> list[Difference]:
    """What differs from the template once the rights are written anew wherever they did.

    After a restore no school's schema has any, and a table that became a sealed one has too many: no migration tells.
    """
    found = list(differences(schemas))
    wrong = sorted({difference.schema for difference in found if difference.is_about_rights})
    for schema in wrong:
        write_grants(schema)
    return list(differences(schemas)) if wrong else found

"""`manage.py upgrade`: bring the whole database up to date, as its owner."""

from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from committees.energy.reference import load_reference
from tenants.clock import database_now
from tenants.context import leave_school
from tenants.fingerprint import differences, schemas_of_schools
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
        load_reference(at=database_now())
        drift = [str(difference) for difference in differences(schemas)]
        for line in [*drift, *(f"{schema}: {reason}" for schema, reason in report.failed.items())]:
            self.stderr.write(line)
        self.stdout.write(f"association up to date; template of {count} statements; {len(schemas)} schools: {report}")
        if report.failed:
            raise CommandError(f"{len(report.failed)} schools are not up to date; run it again")

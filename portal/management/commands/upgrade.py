"""`manage.py upgrade`: bring the whole database up to date, as its owner."""

from typing import Any

from django.core.management import BaseCommand, call_command

from committees.energy.reference import load_reference
from tenants.clock import database_now
from tenants.connection import connection
from tenants.context import leave_school
from tenants.grants import write_grants
from tenants.models import School
from tenants.template import migrate_schema, refresh_template


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
        for schema in School.objects.values_list("schema_name", flat=True):
            if self._exists(schema):
                migrate_schema(schema, max(0, verbosity - 1))
                write_grants(schema)
        write_grants("public")
        load_reference(at=database_now())
        schools = School.objects.count()
        self.stdout.write(f"association and {schools} schools up to date; template of {count} statements")

    def _exists(self, schema: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [f'"{schema}"'])
            return bool(cursor.fetchone()[0])

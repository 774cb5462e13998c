"""Opening, comparing and upgrading schools, beside Django's migrate and django-tenants' clone."""

from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AddField
from django_tenants.clone import CloneSchema

from tenants.actions import open_school
from tenants.clock import database_now
from tenants.context import leave_school
from tenants.fingerprint import differences, schemas_of_schools
from tenants.grants import write_grants
from tenants.models import School
from tenants.school_migrations import migrate_schools
from tenants.template import TEMPLATE_SCHEMA, migrate_schema
from tests.bench.measure import Table, seconds
from tests.ground.planted import planted_migration
from tests.ground.switching import as_owner

MANY, SAMPLE = 300, 4


def new_school(code: str) -> School:
    """Open one as the secretary does."""
    return open_school(code=code, name_zh=f"{code}大学", name_en=code, type="other", by=None, at=database_now())


def opening(table: Table, database: str) -> None:
    """One school by our statements, by Django's migrate, by django-tenants' clone; medians of a few, taking turns."""
    ours, migrated, cloned = [], [], []
    for number in range(5):
        ours.append(seconds(lambda n=number: new_school(f"open{n}")))  # type: ignore[misc]
        if number > 2:
            continue
        with as_owner(database):
            migrated.append(seconds(lambda n=number: by_migrate(f"s_migrated{n}")))  # type: ignore[misc]
            leave_school()
            cloned.append(seconds(lambda n=number: by_clone(f"s_cloned{n}")))  # type: ignore[misc]
            leave_school()
    own, stock, clone = (sorted(values)[len(values) // 2] for values in (ours, migrated, cloned))
    table.say("a school: ours / migrate, all apps / clone", f"{own:.3f} / {stock:.2f} / {clone:.2f} s")
    table.ratio("a school: migrate against ours", stock / own, at_least=60)
    table.ratio("a school: clone against ours", clone / own, at_least=2.5)


def by_migrate(schema: str) -> None:
    """As django-tenants does it: Django's own migrate of all tenant apps, the whole graph replayed."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    with StockMigrate():
        migrate_schema(schema)


class StockMigrate:
    """Inside, a school is migrated by Django's executor as it comes, without our short cut over other apps."""

    def __enter__(self) -> None:
        from django.db.migrations.executor import MigrationExecutor

        from tenants import migrate

        self.module, self.own = migrate, migrate.SchoolExecutor
        migrate.SchoolExecutor = MigrationExecutor  # type: ignore[misc, assignment]

    def __exit__(self, *_: object) -> None:
        self.module.SchoolExecutor = self.own  # type: ignore[misc]


def by_clone(schema: str) -> None:
    """django-tenants' clone of the template."""
    CloneSchema().clone_schema(TEMPLATE_SCHEMA, schema, set_connection=False)


def many(table: Table, database: str) -> None:
    """Three hundred schools from nothing; compared; nothing pending; one column more."""
    missing = MANY - School.objects.count()
    took = seconds(lambda: [new_school(f"many{number}") for number in range(missing)])
    table.say(f"{missing} schools from nothing", f"{took:.1f} s", "<= 60 s", took <= 60)
    schemas = schemas_of_schools()
    with as_owner(database):
        checked = seconds(lambda: list(differences(schemas)))
        table.say(f"check_schemas over {len(schemas)}", f"{checked:.2f} s", "<= 5 s", checked <= 5)
        idle = seconds(lambda: migrate_schools(schemas))
        stock_idle = stock(schemas[:SAMPLE])
        table.say("nothing pending, all / stock for each", f"{idle:.3f} s / {stock_idle:.3f} s")
        table.ratio("nothing pending: stock against ours", stock_idle * len(schemas) / idle, at_least=200)
        with planted_migration([AddField("draft", "planted", models.IntegerField(default=3))]):
            migrate_schema(TEMPLATE_SCHEMA)
            write_grants(TEMPLATE_SCHEMA)
            stock_one = stock(schemas[:SAMPLE])
            one = seconds(lambda: migrate_schools(schemas[SAMPLE:]))
            table.say("one ADD COLUMN, all / stock for each", f"{one:.3f} s / {stock_one:.3f} s")
            table.ratio("one ADD COLUMN: stock against ours", stock_one * (len(schemas) - SAMPLE) / one, at_least=200)
            assert list(differences(schemas)) == []


def stock(schemas: list[str]) -> float:
    """Seconds for each school by `migrate_schemas`, on a sample."""
    with StockMigrate():
        took = seconds(
            lambda: [
                call_command("migrate_schemas", schema_name=schema, interactive=False, verbosity=0)
                for schema in schemas
            ]
        )
    leave_school()
    return took / len(schemas)

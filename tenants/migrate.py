"""The migrate command of one schema: a school's migrations see the school alone."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from tenants.connection import connection
from tenants.rendering import ThriftyState


class ThriftyExecutor(MigrationExecutor):
    """Runs migrations on a state that renders few classes (tenants/rendering.py)."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        usual = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return ThriftyState(usual.models, usual.real_apps)


class SchoolExecutor(ThriftyExecutor):
    """Notes the migrations of apps without a school's floor as done, and runs those of the rooms: none of the others
    writes anything here."""

    def _migrate_all_forwards(
        self,
        state: ProjectState,
        plan: Sequence[tuple[Migration, bool]],
        full_plan: Sequence[tuple[Migration, bool]],
        fake: bool,
        fake_initial: bool,
    ) -> ProjectState:
        labels = _school_labels()
        wanted = {migration for migration, _ in plan}
        for migration in (step for step, _ in full_plan if step in wanted):
            if migration.app_label in labels:
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
                continue
            migration.mutate_state(state, preserve=False)
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # stubs of an older Django
        return state


def _school_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}


class OwnFloorMigrate(migrate.Command):
    """Django's migrate with only the school's schema on the search path, so that old history never meets today's
    association tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations of the schema the connection stands in."""
        executor: type[MigrationExecutor] = ThriftyExecutor
        if connection.schema_name != "public":
            connection.set_schema(connection.schema_name, include_public=False)
            executor = SchoolExecutor
        usual = migrate.MigrationExecutor  # type: ignore[attr-defined]
        migrate.MigrationExecutor = executor  # type: ignore[attr-defined]  # Django offers no other place for it
        try:
            super().handle(*args, **options)
        finally:
            migrate.MigrationExecutor = usual  # type: ignore[attr-defined]

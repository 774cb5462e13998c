"""Who and where: schools, people, memberships, and the one way into a school."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    """Lower floor of the house: every other room stands on it."""

    name = "tenants"

    def ready(self) -> None:
        """Let django-tenants' migrate use the autodetector that knows triggers (else commands.E001)."""
        from django.core.management.commands import makemigrations
        from django_tenants.management.commands.migrate_schemas import (
            MigrateSchemasCommand,
        )

        MigrateSchemasCommand.autodetector = makemigrations.Command.autodetector

        from tenants import checks  # noqa: F401  registers the floors check

"""The migrate command of one schema: a school's migrations see the school alone."""

from typing import Any

from django.core.management.commands.migrate import Command

from tenants.connection import connection


class OwnFloorMigrate(Command):
    """Django's migrate with only the school's schema on the search path, so that old history never meets today's
    association tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations of the schema the connection stands in."""
        if connection.schema_name != "public":
            connection.set_schema(connection.schema_name, include_public=False)
        super().handle(*args, **options)

#!/usr/bin/env python
"""The way in for commands; those that change the structure of the database use the owner's connection."""

import os
import sys

OWNER_COMMANDS = {"upgrade", "migrate_schemas", "makemigrations", "check_schemas", "dbshell", "retire_security_log"}

#: Those that serve people or run jobs: they start with the runtime role or not at all.
SERVING_COMMANDS = {"runserver", "procrastinate"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner and len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["DATABASE_URL"] = owner
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] in SERVING_COMMANDS:
        import django

        django.setup()
        from tenants.strength import refuse_strong_role

        refuse_strong_role()

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

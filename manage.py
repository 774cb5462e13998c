#!/usr/bin/env python
"""The way in for commands; those that change the structure of the database use the owner's connection."""

import os
import sys

OWNER_COMMANDS = {"upgrade", "migrate_schemas", "makemigrations", "check_schemas", "dbshell", "retire_security_log"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner and len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["DATABASE_URL"] = owner
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

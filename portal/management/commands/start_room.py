"""`manage.py start_room NAME`: lay out a new room under committees/."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

APPS = '''"""What this room is for, in one sentence."""

from django.apps import AppConfig


class {name}Config(AppConfig):
    """Say what the room offers, and register it with the rooms below in `ready`."""

    name = "committees.{room}"
'''
NEXT = """{folder} is laid out. Now:
  1. name it in portal/settings/apps.py (ROOMS) and in the layers of pyproject.toml (import-linter)
  2. models.py: inherit AssociationModel or SchoolModel (tenants/floors.py), then makemigrations {room}
  3. actions.py, queries.py, rules.py, views.py, urls.py as they are needed; each route a row in tests/access/matrix.csv
"""


class Command(BaseCommand):
    """Makes no empty shelves: only what every room has."""

    help = "Lay out a new room under committees/."

    def add_arguments(self, parser: CommandParser) -> None:
        """The room's name: small letters, a plural (canteens)."""
        parser.add_argument("room")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a name that is no module name, or that is taken."""
        room: str = options["room"]
        folder = Path(settings.ROOT) / "committees" / room
        if not (room.isidentifier() and room.islower()):
            raise CommandError(f"{room}: use small letters, as in canteens")
        if folder.exists():
            raise CommandError(f"committees/{room} is there already")
        (folder / "migrations").mkdir(parents=True)
        for path in (folder / "__init__.py", folder / "migrations" / "__init__.py"):
            path.touch()
        (folder / "apps.py").write_text(APPS.format(name=room.title().replace("_", ""), room=room), encoding="utf-8")
        self.stdout.write(NEXT.format(folder=f"committees/{room}", room=room))

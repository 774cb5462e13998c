"""A migration that stands on no disk, for trials of the runner: `with planted_migration(operations): …`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

NAME = "9001_planted"


@contextmanager
def planted_migration(operations: Sequence[Operation], app: str = "filings", name: str = NAME) -> Iterator[None]:
    """Inside, every loader also finds a migration of `app` behind its last one."""
    usual = MigrationLoader.load_disk

    def load_disk(loader: MigrationLoader) -> None:
        usual(loader)
        disk = loader.disk_migrations
        last = max(key for key in disk if key[0] == app)
        words = {"operations": list(operations), "dependencies": [last]}
        disk[app, name] = type("Planted", (Migration,), words)(name, app)

    with patch.object(MigrationLoader, "load_disk", load_disk):
        yield

"""Where this process's connection stands: its worker's copy, or a copy of its own for a test that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from portal.settings.environment import database
from tests.ground.cluster import the_cluster
from tests.ground.databases import copy_database, drop_database

_PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


def stand_on(name: str, *, as_owner: bool = False) -> str:
    """Point the connection (and those of later threads) at a database, as the runtime role; returns the one before."""
    place = connections.settings["default"]
    before = str(place["NAME"])
    connections["default"].close()
    url = the_cluster().owner_url(name) if as_owner else the_cluster().app_url(name)
    new = database(url)
    place.update({key: new[key] for key in _PLACE})
    return before


@contextmanager
def own_copy(template: str) -> Iterator[str]:
    """A fresh copy to commit in; afterwards the connection stands where it stood, and the copy is gone."""
    if connections["default"].in_atomic_block:
        raise RuntimeError(
            "a test that commits must not also ask for `db`: its transaction belongs to another database"
        )
    name = copy_database(template)
    before = stand_on(name)
    try:
        yield name
    finally:
        stand_on(before)
        drop_database(name)


@contextmanager
def as_owner(name: str) -> Iterator[None]:
    """Inside, the connection is the owner's, on a database in which the test may commit."""
    stand_on(name, as_owner=True)
    try:
        yield
    finally:
        stand_on(name)

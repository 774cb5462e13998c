"""The pair of racers and the people of this folder."""

from collections.abc import Iterator

import pytest

from tests.ground.cast import read_cast
from tests.prove.races.ground import Field
from tests.prove.races.pair import Pair, pair


@pytest.fixture(scope="module")
def ground(module_database: str) -> Field:
    """People and calls in the module's own database."""
    return Field(read_cast())


@pytest.fixture(scope="module")
def racers(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two processes with the locks on."""
    with pair(module_database, tmp_path_factory.mktemp("racers")) as both:
        yield both


@pytest.fixture(scope="module")
def unlocked(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two processes that read without locking: the control."""
    with pair(module_database, tmp_path_factory.mktemp("unlocked"), locked=False) as both:
        yield both

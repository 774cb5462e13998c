"""A clone of its own for the launcher's tests, with a cluster that no other test uses."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import places as places_module
from deploy.places import Places
from deploy.postgres import TEST_SETTINGS, Cluster, cluster_of


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A short folder that other users may pass: as root, PostgreSQL runs as one of them."""
    folder = Path(tempfile.mkdtemp(prefix="hqtest-", dir="/tmp"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places_module, "ROOT_BASE", folder / "root")
        yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def places(open_folder: Path) -> Places:
    """An empty clone."""
    return Places(open_folder / "clone", open_folder / "clone" / ".data")


@pytest.fixture(scope="session")
def cluster(places: Places) -> Iterator[Cluster]:
    """A running cluster; a test may kill its server, for the next one starts it again."""
    made = cluster_of(places, "trial", TEST_SETTINGS)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def database(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a furnished database that is dropped afterwards."""
    cluster.start()
    name = f"trial_{abs(hash(request.node.name)) % 10**8}"
    cluster.create_database(name)
    yield name
    cluster.start()
    cluster.drop_database(name)

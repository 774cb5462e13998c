"""The cluster that may be killed, filled with the tests' template."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy import places as places_module
from deploy.places import Places
from deploy.postgres import DEMO_SETTINGS, Cluster, cluster_of
from tests.prove.crashes.stand import Stand, fill, stand_in, standing_on


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A short folder that other users may pass: as root, PostgreSQL runs as one of them."""
    folder = Path(tempfile.mkdtemp(prefix="hqkill-", dir="/tmp"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places_module, "ROOT_BASE", folder / "root")
        yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def killable(short_folder: Path, template_name: str) -> Iterator[Cluster]:
    """Settings as in the demo: every commit reaches the disk."""
    places = Places(short_folder / "clone", short_folder / "clone" / ".data")
    cluster = cluster_of(places, "kills", DEMO_SETTINGS)
    cluster.start()
    fill(cluster, template_name)
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def stand(killable: Cluster, short_folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stand]:
    """The portal on it; the test's own connection stands there too."""
    with django_db_blocker.unblock(), standing_on(killable), stand_in(short_folder / "live", killable) as portal:
        yield portal

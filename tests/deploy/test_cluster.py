"""The embedded cluster comes back after whatever was done to its server."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deploy import procfs
from deploy.places import Places
from deploy.postgres import TEST_SETTINGS, Cluster, cluster_of

pytestmark = pytest.mark.xdist_group("deploy")


def answers(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.superuser_url()) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_start_and_stop_twice_change_nothing(cluster):
    cluster.start()
    assert not cluster.start()
    assert cluster.stop()
    assert not cluster.is_running()
    assert not cluster.stop()
    assert cluster.start()
    assert answers(cluster)


def test_starts_again_after_its_server_was_killed(cluster):
    cluster.start()
    server = cluster.server()
    # An open session: its server process outlives the postmaster for a moment and holds the memory.
    session = psycopg.connect(cluster.superuser_url())
    session.execute("SELECT 1")
    os.kill(server, signal.SIGKILL)
    assert cluster.start()
    session.close()
    assert cluster.server() not in (None, server)
    assert answers(cluster)


def test_lock_file_of_a_stranger_does_not_stop_it(cluster):
    cluster.start()
    cluster.stop()
    # The number of a living program that is not a server: ours.
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n\n\n\nready\n")
    assert not cluster.is_running()
    assert cluster.start()
    assert answers(cluster)


def test_zombie_is_not_taken_for_a_server(cluster):
    cluster.start()
    cluster.stop()
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    while (seen := procfs.read(child.pid)) and not seen.zombie:
        pass
    try:
        assert not procfs.alive(child.pid)
        (cluster.data / "postmaster.pid").write_text(f"{child.pid}\n{cluster.data}\n0\n5432\n\n\n\nready\n")
        assert cluster.start()
    finally:
        child.wait()
    assert answers(cluster)


def test_two_starts_at_once_do_not_collide(cluster, places, open_folder):
    cluster.stop()
    code = (
        "import sys; from pathlib import Path; from deploy import places as p; p.ROOT_BASE = Path(sys.argv[1]);"
        "from deploy.postgres import *; from deploy.postgres import cluster_of;"
        "print(cluster_of(p.Places(Path(sys.argv[2]), Path(sys.argv[2]) / '.data'), 'trial', TEST_SETTINGS).start())"
    )
    command = [sys.executable, "-c", code, str(open_folder / "root"), str(places.clone)]
    options = {"stdout": subprocess.PIPE, "text": True, "cwd": Path(__file__).parents[2]}
    both = [subprocess.Popen(command, **options) for _ in range(2)]
    said = [program.communicate(timeout=30)[0].strip() for program in both]
    assert sorted(said) == ["False", "True"]
    assert answers(cluster)


@pytest.fixture(scope="module")
def deep_cluster(open_folder):
    """The cluster of another clone, in a folder too deep for a socket."""
    deep = open_folder / "深" / ("a folder with blanks " * 4).strip() / "and-one-more-to-be-sure-of-it"
    (deep / "cluster").mkdir(parents=True)
    for folder in (deep / "cluster", deep, *deep.parents[:2]):
        folder.chmod(0o711)
    engine = cluster_of(Places(deep, deep / ".data"), "deep", TEST_SETTINGS).engine
    made = Cluster(deep / "cluster", engine, TEST_SETTINGS)
    made.start()
    yield made
    made.stop()


def test_deep_folder_gets_a_short_socket(deep_cluster):
    deep_cluster.start()
    socket = deep_cluster.socket_folder
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    assert socket.stat().st_mode & 0o777 == 0o700
    assert answers(deep_cluster)
    deep_cluster.stop()
    assert not socket.exists()


def test_two_clones_stand_side_by_side(cluster, deep_cluster):
    cluster.start()
    deep_cluster.start()
    assert cluster.server() != deep_cluster.server()
    cluster.create_database("only_here")
    try:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(deep_cluster.superuser_url("only_here"))
    finally:
        cluster.drop_database("only_here")


@pytest.mark.skipif(os.getuid() != 0, reason="as a plain user everything lies in the clone")
def test_what_an_earlier_clone_left_for_root_is_removed(open_folder):
    earlier = Places(open_folder / "again", open_folder / "again" / ".data")
    left = cluster_of(earlier, "trial", TEST_SETTINGS)
    left.data.mkdir()
    # A server is known by the folder it works in.
    server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], cwd=left.data)
    assert cluster_of(earlier, "trial", TEST_SETTINGS).data.exists()
    (earlier.data / "clone-id").unlink()
    assert not cluster_of(earlier, "trial", TEST_SETTINGS).data.exists()
    assert server.wait(5) != 0

"""When a kept database is used again, and that it comes back as it was."""

from pathlib import Path

import psycopg
import pytest

from deploy import cache, roles


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("requirements.txt", "rooms/migrations/0001_initial.py", "portal/demo/schools.csv", "rooms/views.py"):
        write(tmp_path / name, name)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("requirements.txt", True),
        ("rooms/migrations/0001_initial.py", True),
        ("rooms/migrations/0002_more.py", True),
        ("portal/demo/schools.csv", True),
        ("portal/demo/files/picture.png", True),
        ("rooms/models.py", True),
        ("rooms/views.py", False),
        ("rooms/migrations/__pycache__/0001_initial.py", False),
        (".venv/lib/app/migrations/0001_initial.py", False),
        (".data/migrations/0001_initial.py", False),
    ],
)
def test_key_follows_what_the_content_depends_on(clone, name, counts):
    before = cache.content_key(clone)
    write(clone / name, "something else")
    assert (cache.content_key(clone) != before) == counts


def test_key_follows_names_and_not_only_bytes(clone):
    before = cache.content_key(clone)
    (clone / "rooms/migrations/0001_initial.py").rename(clone / "rooms/migrations/0001_first.py")
    assert cache.content_key(clone) != before
    assert cache.content_key(clone) == cache.content_key(clone)


@pytest.mark.xdist_group("deploy")
def test_kept_database_comes_back_with_owner_rights_and_files(cluster, database, places):
    with psycopg.connect(cluster.owner_url(database), autocommit=True) as owner:
        owner.execute("CREATE SCHEMA s_one")
        owner.execute("CREATE TABLE s_one.meters (id int)")
        owner.execute("INSERT INTO s_one.meters VALUES (7)")
        owner.execute("GRANT USAGE ON SCHEMA s_one TO houqin_app")
        owner.execute("GRANT SELECT ON s_one.meters TO houqin_app")
    write(places.data / "files" / "ab" / "evidence", "bytes")
    cache.write_dump(cluster, database, places, "key")
    (places.data / "files" / "ab" / "evidence").unlink()
    try:
        assert cache.restore(cluster, f"{database}_back", places, "key")
        with psycopg.connect(cluster.app_url(f"{database}_back"), autocommit=True) as app:
            assert app.execute("SELECT id FROM s_one.meters").fetchone() == (7,)
            for statement in ("INSERT INTO s_one.meters VALUES (8)", "CREATE SCHEMA stranger"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(statement)
        with psycopg.connect(cluster.owner_url(f"{database}_back"), autocommit=True) as owner:
            owner.execute("ALTER TABLE s_one.meters ADD name text")
            assert roles.marker(owner, "product") == "houqin"
    finally:
        cluster.drop_database(f"{database}_back")
    assert (places.data / "files" / "ab" / "evidence").read_text() == "bytes"


@pytest.mark.xdist_group("deploy")
def test_broken_dump_is_thrown_away(cluster, places):
    cluster.start()
    cache.dump_file(places, "broken").write_bytes(b"no dump")
    assert not cache.restore(cluster, "never", places, "broken")
    assert not cache.dump_file(places, "broken").exists()
    assert not roles.has_database(cluster.superuser_url(), "never")
    assert not cache.restore(cluster, "never", places, "missing")


@pytest.mark.xdist_group("deploy")
def test_only_a_few_dumps_are_kept(cluster, database, places):
    for number in range(cache.KEPT + 2):
        cache.write_dump(cluster, database, places, f"kept-{number}")
    assert len(list(places.cache.glob("*.dump"))) == cache.KEPT
    assert cache.dump_file(places, f"kept-{cache.KEPT + 1}").exists()

"""What the demo gives its programs, says to a person and keeps private."""

import json
import socket

import pytest

from deploy import accounts, environment, in_django, locks, places, venv
from deploy.demo import check_port
from deploy.given import Addresses, address
from deploy.places import Places
from deploy.progress import Stop

ADDRESSES = Addresses("postgresql://owner@/houqin?host=%2Frun", "postgresql://app@/houqin?host=%2Frun")


@pytest.fixture
def clone(tmp_path):
    made = Places(tmp_path, tmp_path / ".data")
    made.make()
    return made


def test_web_never_sees_the_owner(clone, monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://given-owner@/x")
    monkeypatch.setenv("PGUSER", "postgres")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    web = environment.runtime_environment(clone, ADDRESSES)
    assert not [value for value in web.values() if "owner@" in value]
    assert "PGUSER" not in web
    assert web["DATABASE_URL"] == ADDRESSES.runtime
    assert web["DATABASE_RUNTIME_ROLE"] == "app"
    assert web["DEBUG"] == "0"
    assert environment.owner_environment(clone, ADDRESSES)["DATABASE_OWNER_URL"] == ADDRESSES.owner


def test_secret_key_is_made_once_and_private(clone):
    environment.runtime_environment(clone, ADDRESSES)
    path = clone.data / "secret-key"
    first = path.read_text()
    environment.runtime_environment(clone, ADDRESSES)
    assert path.read_text() == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert clone.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("text", ["0", "65536", "eight", "-1"])
def test_port_is_a_port(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(ValueError, match=text):
        environment.port()


def test_taken_port_is_named():
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        number = stranger.getsockname()[1]
        with pytest.raises(Stop, match=rf"PORT {number} is taken.*PORT={number + 1}"):
            check_port(number)


def test_second_demo_of_a_clone_is_refused(tmp_path):
    with (
        locks.hold(tmp_path / "lock", wait=False),
        pytest.raises(locks.Taken),
        locks.hold(tmp_path / "lock", wait=False),
    ):
        pass
    with locks.hold(tmp_path / "lock", wait=False):
        pass


def test_table_lines_up_with_han_characters():
    listing = [
        {"address": "http://a/", "role": "秘书处", "account": "secretary", "password": "x"},
        {"address": "http://a/", "role": "审计", "account": "editor", "password": "x"},
        {"address": "http://b/", "role": "访客", "account": "", "password": ""},
    ]
    lines = accounts.table(accounts.rows_of(json.dumps(listing))).splitlines()
    starts = {
        accounts.width(line[: line.index(word)])
        for line, word in zip(lines[2:4], ("secretary", "editor  "), strict=True)
    }
    assert starts == {accounts.width(lines[0][: lines[0].index("account")])}
    assert lines[3].startswith(" ")
    assert lines[4] == "http://b/  访客"


def test_commands_are_split_at_plus_signs():
    words = ["upgrade", "+", "demo_accounts", "--json", ">", "/a folder/x"]
    assert in_django.split(words) == [["upgrade"], ["demo_accounts", "--json", ">", "/a folder/x"]]


@pytest.mark.parametrize("host", ["db.example.org", "/run/a folder", "::1"])
def test_address_keeps_everything_but_the_user(host):
    from psycopg.conninfo import conninfo_to_dict

    parts = {"host": host, "port": "5433", "dbname": "portal", "user": "owner", "sslmode": "require"}
    assert conninfo_to_dict(address(parts, "app", "p@ss:/word")) == {**parts, "user": "app", "password": "p@ss:/word"}


def test_private_file_is_whole_or_absent(tmp_path):
    places.write_private(tmp_path / "a" / "secret", "text")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["secret"]


def test_linked_venv_of_another_clone_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "theirs").mkdir()
    (tmp_path / ".venv").symlink_to(tmp_path / "theirs")
    monkeypatch.setattr(venv, "FOLDER", tmp_path / ".venv")
    assert venv.is_current("requirements.txt")


def test_stamp_follows_the_lock(tmp_path, monkeypatch):
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("one==1\n")
    for name, value in (("CLONE", tmp_path), ("FOLDER", tmp_path / ".venv"), ("STAMP", tmp_path / ".venv" / "x.json")):
        monkeypatch.setattr(venv, name, value)
    assert not venv.is_current("requirements.txt")
    venv.STAMP.write_text(json.dumps({"requirements.txt": venv.lock_hash("requirements.txt")}))
    assert venv.is_current("requirements.txt")
    (tmp_path / "requirements.txt").write_text("one==2\n")
    assert not venv.is_current("requirements.txt")
    venv.STAMP.write_text("half a fi")
    assert not venv.is_current("requirements.txt")

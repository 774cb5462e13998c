"""A backup says of every byte what it was, and is refused when one is another."""

import json

import pytest

from deploy import packing, restore
from deploy.packing import BackupRefused, Manifest, check_files, described, is_empty_folder, read_manifest
from deploy.places import Places
from tests.ground.databases import ROOT


@pytest.fixture
def backup(tmp_path):
    folder = tmp_path / "backup"
    (folder / "files" / "aa").mkdir(parents=True)
    (folder / "database.dump").write_bytes(b"dump" * 100)
    (folder / "files" / "aa" / "one").write_bytes(b"content")
    Manifest("all", "2026-01-01T00:00:00", 170000, [["tenants", "0001_initial"]], dict(described(folder))).write(folder)
    return folder


def test_a_whole_one_is_taken(backup):
    check_files(backup, read_manifest(backup))


@pytest.mark.parametrize("change", ["flip", "cut", "grow", "remove", "add"])
def test_a_damaged_one_is_refused(backup, change):
    path = backup / "database.dump"
    content = path.read_bytes()
    if change == "flip":
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    elif change == "cut":
        path.write_bytes(content[:-1])
    elif change == "grow":
        path.write_bytes(content + b"x")
    elif change == "remove":
        (backup / "files" / "aa" / "one").unlink()
    else:
        (backup / "files" / "more").write_bytes(b"x")
    with pytest.raises(BackupRefused, match="damaged"):
        check_files(backup, read_manifest(backup))


def test_a_changed_manifest_is_refused(backup):
    path = backup / "manifest.json"
    path.write_text(path.read_text().replace('"all"', '"school"'))
    with pytest.raises(BackupRefused, match="changed"):
        read_manifest(backup)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', '{"kind": "all"}'])
def test_what_is_no_manifest_is_said_so(backup, text):
    (backup / "manifest.json").write_text(text)
    with pytest.raises(BackupRefused, match="no backup"):
        read_manifest(backup)


def test_another_format_is_refused(backup):
    content = json.loads((backup / "manifest.json").read_text())
    content.pop("digest")
    content["format"] = 2
    (backup / "manifest.json").write_text(json.dumps({**content, "digest": packing._digest(content)}))
    with pytest.raises(BackupRefused, match="format 2"):
        read_manifest(backup)


def test_a_backup_of_newer_code_is_refused(backup):
    manifest = Manifest("all", "", 1, [["tenants", "0999_from_the_future"]], {})
    with pytest.raises(BackupRefused, match="newer code"):
        restore.check_versions(manifest, ROOT)
    restore.check_versions(Manifest("all", "", 1, [["tenants", "0001_initial"], ["wagtail", "9999_x"]], {}), ROOT)


def test_a_store_with_files_is_refused(tmp_path):
    places = Places(ROOT, tmp_path)
    restore.check_stores_empty(places)
    (tmp_path / "files" / "incoming").mkdir(parents=True)
    (tmp_path / "files" / ".lock").write_text("")
    assert is_empty_folder(tmp_path / "files")
    (tmp_path / "files" / "aa").mkdir()
    (tmp_path / "files" / "aa" / "x").write_text("x")
    with pytest.raises(BackupRefused, match="not empty"):
        restore.check_stores_empty(places)

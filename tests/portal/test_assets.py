"""Vendored files are what they say; styles resolve under hashed names; nothing comes from outside."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage

STATIC = Path(__file__).resolve().parents[2] / "portal" / "static" / "portal"
ENTRIES = json.loads((STATIC / "vendor" / "vendor.json").read_text(encoding="utf-8"))
FILES = [(entry["name"], part["path"], part["sha256"]) for entry in ENTRIES for part in entry["files"]]


@pytest.mark.parametrize(("name", "path", "sha256"), FILES)
def test_a_vendored_file_is_unchanged(name, path, sha256):
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == sha256, name


def test_every_vendored_file_is_listed():
    listed = {path for _, path, _ in FILES}
    lying = {str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    lying |= {str(path.relative_to(STATIC)) for path in (STATIC / "fonts").iterdir()}
    assert lying - {"vendor/README.md", "vendor/vendor.json"} <= listed


def test_every_entry_names_licence_and_source():
    assert all(entry["version"] and entry["licence"] and entry["source"] for entry in ENTRIES)


def test_style_sheets_find_their_files_under_hashed_names(tmp_path):
    shutil.copytree(STATIC, tmp_path / "portal")
    storage = ManifestStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    plain = FileSystemStorage(location=str(tmp_path))
    names = [f"portal/{path.relative_to(STATIC)}" for path in STATIC.rglob("*") if path.is_file()]
    paths = {name: (plain, name) for name in names}
    failed = [(name, done) for name, _, done in storage.post_process(paths) if isinstance(done, Exception)]
    assert not failed
    tokens = (tmp_path / storage.stored_name("portal/css/tokens.css")).read_text(encoding="utf-8")
    assert re.search(r"fonts/menpai-500\.[0-9a-f]{12}\.woff2", tokens)


def test_styles_and_scripts_load_nothing_from_outside():
    own = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]
    assert len(list(STATIC.glob("css/*.css"))) <= 7
    for path in own:
        text = path.read_text(encoding="utf-8")
        assert "http://" not in text, path
        assert "https://" not in text, path
        assert "eval(" not in text, path


def test_the_sheets_keep_one_order_of_layers():
    for path in STATIC.glob("css/*.css"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == "@layer tokens, base, layout, parts, rooms, small, print;", path.name


def test_the_sprite_of_icons_is_found():
    assert finders.find("portal/icons/icons.svg")

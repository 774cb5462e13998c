"""The files for production name what there is: settings that are read, modules, commands, files."""

import re
from importlib.util import find_spec

import pytest

from tests.ground.databases import OWN, ROOT

HOW_TO = (ROOT / "docs" / "how-to" / "production.md").read_text()
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
SOURCES = "".join(path.read_text() for top in (*OWN, "deploy") for path in (ROOT / top).rglob("*.py"))


@pytest.mark.parametrize("name", ["production.env", "owner.env"])
def test_every_setting_of_the_files_is_read(name):
    lines = (ROOT / "deploy" / name).read_text().splitlines()
    for setting in re.findall(r"^(\w+)=", "\n".join(lines), re.MULTILINE):
        assert f'"{setting}"' in SOURCES, setting


def test_the_web_never_gets_the_owner_s_address():
    for unit in UNITS:
        if unit.stem in {"houqin-web", "houqin-worker"}:
            assert "owner.env" not in unit.read_text()
    assert "DATABASE_OWNER_URL" not in (ROOT / "deploy" / "production.env").read_text()


@pytest.mark.parametrize(
    "text", [HOW_TO, *(unit.read_text() for unit in UNITS)], ids=["how-to", *(u.stem for u in UNITS)]
)
def test_commands_exist(text):
    for module in re.findall(r"(?:python|portal) -m (deploy\.\w+)", text):
        assert find_spec(module), module
    for command in set(re.findall(r"manage\.py (\w+)", text)) - {"check", "collectstatic", "procrastinate"}:
        assert list(ROOT.glob(f"**/management/commands/{command}.py")), command


def test_files_of_the_how_to_exist():
    for path in set(re.findall(r"deploy/[\w./-]+\.\w+", HOW_TO)):
        assert (ROOT / path).is_file(), path


def test_timer_and_units_belong_together():
    for timer in (ROOT / "deploy" / "systemd").glob("*.timer"):
        assert timer.with_suffix(".service").is_file()


def test_proxies_take_nothing_from_a_visitor_s_header():
    assert "X-Forwarded-For $remote_addr;" in (ROOT / "deploy/nginx/houqin.conf").read_text()
    assert "X-Forwarded-For {remote_host}" in (ROOT / "deploy/caddy/Caddyfile").read_text()

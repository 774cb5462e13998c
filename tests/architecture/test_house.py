"""The house stands as its plan says: layers, floors, migrations, and what the checks of both would find."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.urls import get_resolver

from portal.translations.sources import ROOMS
from tenants import checks
from tests.access.routes import urlconfs
from tests.ground.databases import ROOT

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_nobody_imports_to_the_left():
    done = _lint(ROOT)
    assert not done.returncode, done.stdout


@pytest.fixture
def house(tmp_path):
    """A house in small under the same contracts."""
    pyproject = (ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(pyproject)
    for name in [
        "portal/__init__", "cms/__init__", "tenants/__init__", "tenants/models", "search/__init__", "deploy/__init__",
        "committees/__init__", "committees/workflow/__init__", "committees/workflow/flow",
        "committees/workflow/binding",
        "committees/workflow/models", "committees/workflow/advance", "committees/roster/__init__",
        "committees/filings/__init__", "committees/filings/models", "committees/filings/actions",
        "committees/filings/flows", "committees/energy/__init__", "committees/canteens/__init__",
    ]:  # fmt: skip
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return tmp_path


def test_the_contracts_know_every_package():
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert set(known) == {room for room in ROOMS if (ROOT / room / "__init__.py").exists()}


def test_a_sound_house_passes(house):
    assert not (done := _lint(house)).returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("tenants/models", "import committees.roster"),
        ("committees/roster/__init__", "import committees.filings.models"),
        ("committees/energy/__init__", "import committees.canteens"),
        ("committees/unheard_of/__init__", ""),
        ("committees/filings/models", "import committees.filings.actions"),
        ("committees/filings/flows", "import committees.workflow.binding"),
        ("committees/energy/__init__", "import django_tenants"),
        ("committees/filings/models", "import wagtail"),
        ("cms/__init__", "import elasticsearch"),
    ],
)
def test_a_breach_is_found(house, module, line):
    path = house / f"{module}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{line}\n")
    done = _lint(house)
    assert done.returncode, f"{module}: {line}\n{done.stdout}"


def test_the_floors_check_is_silent(db):
    assert not checks.check_floors()


def test_every_data_step_of_a_room_says_its_floor():
    rooms = checks._room_labels()
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (label, name), migration in loader.disk_migrations.items():
        for operation in migration.operations:
            if label in rooms and isinstance(operation, RunPython | RunSQL):
                assert operation.hints.get("floor") in {"association", "school"}, f"{label}.{name}"


@pytest.mark.parametrize("hints", [None, {}, {"floor": "cellar"}])
def test_a_data_step_without_a_floor_is_found(hints):
    for operation in (RunPython(lambda *_: None, hints=hints), RunSQL("SELECT 1", hints=hints)):
        assert [fault.id for fault in checks._faults_of("energy", "0002", [operation])] == ["houqin.E006"]
    sound = RunSQL("SELECT 1", hints={"floor": "school"})
    assert not list(checks._faults_of("energy", "0002", [sound]))


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("host", ["association", "school"])
def test_the_addresses_of_both_hosts_load(host):
    assert get_resolver(urlconfs()[host]).url_patterns is not None

"""`make room`: a room is laid out so that Python reads it; a taken or crooked name is refused."""

import ast

import pytest
from django.core.management import CommandError, call_command


def test_a_room_is_laid_out(settings, tmp_path):
    settings.ROOT = tmp_path
    call_command("start_room", "canteens")
    made = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.py"))
    folder = "committees/canteens"
    assert made == [f"{folder}/__init__.py", f"{folder}/apps.py", f"{folder}/migrations/__init__.py"]
    tree = ast.parse((tmp_path / folder / "apps.py").read_text())
    assert ast.get_docstring(tree)
    assert [node.name for node in tree.body if isinstance(node, ast.ClassDef)] == ["CanteensConfig"]
    with pytest.raises(CommandError, match="already"):
        call_command("start_room", "canteens")


@pytest.mark.parametrize("name", ["Canteens", "two words", "../up", "3rd"])
def test_a_crooked_name_is_refused(settings, tmp_path, name):
    settings.ROOT = tmp_path
    with pytest.raises(CommandError, match="small letters"):
        call_command("start_room", name)
    assert not list(tmp_path.iterdir())

"""The Nu HTML checker finds no error on any kind of public page (`python -m deploy.node_tools` fetches it)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cms.content import fill_site
from deploy.node_tools import nu_jar
from tests.ground.cast import Cast
from tests.journeys.site_kinds import KINDS, OTHERS, address_of, lay_blocks

pytestmark = pytest.mark.prove
NAMES = [*KINDS, *(name for name in OTHERS if name != "style")]


@pytest.mark.requirement("S9-43")
def test_no_page_of_any_kind_has_an_error(cast: Cast, association_client: Any, tmp_path: Path) -> None:
    jar = nu_jar()
    if jar is None:
        pytest.skip(f"{len(NAMES)} kinds of pages unchecked: Java or the checker is missing")
    fill_site(settings.ROOT / "portal" / "demo" / "site")
    lay_blocks()
    for name in NAMES:
        answer = association_client.get(address_of(name))
        assert answer.status_code == (404 if name == "missing" else 200), name
        (tmp_path / f"{name}.html").write_bytes(answer.content)
    said = check(jar, tmp_path)
    assert said == []
    (tmp_path / "control.html").write_text('<!doctype html><html lang="zh"><title>x</title><p><div id=a></div></p>')
    assert len(check(jar, tmp_path)) == 1, "the checker checks"


def check(jar: Path, folder: Path) -> list[str]:
    """Errors in all files of a folder: file, line, words."""
    words = ["java", "-jar", str(jar), "--format", "json", "--errors-only", "--skip-non-html", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    found = json.loads(done.stderr)["messages"]
    return [f"{one['url'].rsplit('/', 1)[-1]}:{one.get('lastLine')} {one['message']}" for one in found]

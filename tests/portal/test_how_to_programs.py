"""docs/how-to/read-by-program.md and papers.md are true: every address they name exists, and none is left out."""

import re

import pytest

from committees.papers.pdf import ROOT as ROOMS
from portal.settings.programs import API_KEY_RATE, API_PUBLIC_RATE
from portal.urls import api
from tests.ground.databases import ROOT

pytestmark = pytest.mark.requirement("S9-98")
PROGRAMS = (ROOT / "docs/how-to/read-by-program.md").read_text(encoding="utf-8")
PAPERS = (ROOT / "docs/how-to/papers.md").read_text(encoding="utf-8")


def addresses(routes):
    """Paths as the page writes them: /api/v1/bulletins/{id}/."""
    found = set()
    for route in routes:
        text = re.sub(r"<\w+:(\w+)>", r"{\1}", str(route.pattern)).removeprefix("^").removesuffix("/?$") + "/"
        found.add("/" + text.removesuffix("//").removesuffix("/") + "/")
    return {one for one in found if one.startswith("/api/v1/") and "openapi" not in one}


def test_the_tables_are_the_addresses():
    public, own = PROGRAMS.split("## What a school reads", 1)
    told = [set(re.findall(r"^\| `(/api/v1/[^`]+)`", part, re.MULTILINE)) for part in (public, own)]
    assert told == [addresses(api.association), addresses(api.school)]


def test_the_rates_are_those_of_the_settings():
    assert f"{API_PUBLIC_RATE.split('/')[0]} times a minute" in PROGRAMS
    assert f"{API_KEY_RATE.split('/')[0]} times a minute" in PROGRAMS


def test_every_paper_is_told():
    told = set(re.findall(r"`(committees/\w+/papers/\w+\.typ)`", PAPERS))
    there = {str(path.relative_to(ROOT)) for path in ROOMS.rglob("*.typ") if path.name != "base.typ"}
    assert told == there
    assert all((ROOT / path).is_file() for path in re.findall(r"`(committees/[\w/]+\.py)`", PAPERS))

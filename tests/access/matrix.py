"""The matrix as rows, and what a response is called in it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseBase

from tests.ground.cast import KEYS, VISITOR

FILE = Path(__file__).with_name("matrix.csv")
ACTORS = (VISITOR, *KEYS)
#: Where people who are not signed in are led.
SIGN_IN_PATHS = ("/accounts/login/", "/accounts/enter/")
REFUSED = frozenset({"login", "401", "403", "404"})


@dataclass(frozen=True)
class Row:
    """One line: what each actor gets."""

    host: str
    route: str
    method: str
    outcomes: dict[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        """Host, route and method together name a row."""
        return self.host, self.route, self.method


def read(path: Path = FILE) -> list[Row]:
    """The rows of the file. Raises ValueError on an unknown column, a missing outcome or a row that stands twice."""
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    table = csv.DictReader(lines, skipinitialspace=True)
    expected = ["host", "route", "method", "everyone", *ACTORS]
    if list(table.fieldnames or []) != expected:
        raise ValueError(f"columns of {path.name} must be {expected}")
    rows = list(_rows(table))
    keys = [row.key for row in rows]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"rows that stand twice: {twice}")
    return rows


def _rows(table: "csv.DictReader[str]") -> Iterator[Row]:
    for line in table:
        words = {key: (value or "").strip() for key, value in line.items()}
        outcomes = {actor: words[actor] or words["everyone"] for actor in ACTORS}
        if missing := [actor for actor, outcome in outcomes.items() if not outcome]:
            raise ValueError(f"{words['route']} {words['method']}: no outcome for {missing}")
        yield Row(words["host"], words["route"], words["method"], outcomes)


def outcome_of(response: HttpResponse | HttpResponseBase) -> str:
    """The matrix's word for a response."""
    if response.status_code in {301, 302, 303, 307} and urlsplit(response["Location"]).path in SIGN_IN_PATHS:
        return "login"
    return str(response.status_code)

"""Counting queries by literal numbers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

#: Statements that belong to the connection or to the test's own transaction.
_NOT_COUNTED = ("SET search_path", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Queries:
    """`with queries(7): client.get(…)`; fails with the statements when the number differs."""

    @contextmanager
    def __call__(self, expected: int) -> Iterator[list[str]]:
        """The block makes exactly `expected` queries."""
        seen: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield seen
        seen += [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(_NOT_COUNTED)]
        if len(seen) != expected:
            listing = "\n".join(f"{number:3} {text[:300]}" for number, text in enumerate(seen, 1))
            pytest.fail(f"{len(seen)} queries instead of {expected}:\n{listing}", pytrace=False)

    def at_1_and_3(self, expected: int, make_row: Callable[[], Any], fetch: Callable[[], Any]) -> None:
        """The page costs the same with one row as with three. `fetch` runs once uncounted first."""
        make_row()
        fetch()
        with self(expected):
            fetch()
        make_row()
        make_row()
        with self(expected):
            fetch()

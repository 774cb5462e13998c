"""The engine that is always there: one tsvector for each piece, made in Python."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, transaction
from psycopg import sql

from search.engines.engine import Cell, Chosen, EngineDown, Row, Scope
from search.engines.vectors import (
    SAMPLES,
    has_long_words,
    holds,
    months_of,
    query_in,
    query_of,
    quoted,
    readers_of,
    sample_mark,
)
from search.planning.plan import Group, Step
from search.readers import Reader
from tenants.connection import connection

#: A question that takes longer is given up: the page says so rather than wait.
TIMEOUT_MS = 1_800
_COLUMNS = 'key, title, text, day, piece, kind, address, host, language, committee, "column", school_id, parent'
_WITHOUT_TEXT = _COLUMNS.replace("text,", "'' AS text,")
#: The one filter of school, audience and time, which stands in the index as well; what was taken down is hidden before
#: the worker has come by.
_SCOPE = """ space = ANY(%(spaces)s) AND audience && %(tokens)s::varchar[]
 AND (expires_at IS NULL OR expires_at > %(at)s)
 AND key <> ALL (ARRAY(SELECT c.key FROM public.search_change c WHERE c.hides))"""
_MATCHES = f"FROM public.search_entry e WHERE vector @@ %(query)s::tsquery AND {_SCOPE}"
_CHOSEN = """ AND (%(kind)s = '' OR kind = %(kind)s) AND (%(column)s = '' OR "column" = %(column)s)
 AND (%(committee)s = '' OR committee = %(committee)s)
 AND (%(school)s::bigint IS NULL OR school_id = %(school)s)
 AND (%(year)s::int IS NULL OR day BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31))
 AND NOT key = ANY(%(without)s::varchar[])"""
_ORDER = " ORDER BY day DESC NULLS LAST, key, piece"
#: For rarity it is enough to know "in so many or more".
MOST_COUNTED = 1_000
#: A query with more matches is broad: its newest are looked for month by month, and a sample of it is counted.
MANY = 1_500
#: So many of the newest months are looked at first, then these, then all of them.
_FIRST_MONTHS, _MORE_MONTHS = 3, 15


class PostgresEngine:
    """Questions as tsqueries against `search_entry`."""

    name = "postgresql"

    def rows(
        self,
        step: Step,
        scope: Scope,
        *,
        limit: int,
        offset: int = 0,
        titles: bool = False,
        chosen: Chosen | None = None,
        without: Sequence[str] = (),
    ) -> list[Row]:
        """Pieces that match, newest first."""
        query = query_in(scope.reader, query_of(step, titles=titles))
        values = {**_scope(scope), **_chosen(chosen or Chosen()), "without": list(without)}
        looked = has_long_words(step)
        found: list[Row] = []
        while (missing := limit - len(found)) > 0:
            rows = _newest("vector", query, {**values, "limit": missing, "offset": offset})
            found += [row for row in rows if not looked or holds(step, row.title, "" if titles else row.text)]
            offset += missing
            if len(rows) < missing:
                break
        return found

    def cells(self, step: Step, scope: Scope) -> list[Cell]:
        """All that match, counted by facets; of a broad query a sample is counted, and the counts are multiples of it."""
        query, values = query_in(scope.reader, query_of(step)), {**_scope(scope), "most": MANY}
        found = _cells(query, values)
        if sum(cell.count for cell in found) < MANY:
            return found
        sample = _cells(f"({query}) & {sample_mark(0)}", {**values, "most": None})
        return [replace(cell, count=cell.count * SAMPLES) for cell in sample]

    def counts(self, groups: Sequence[Group], scope: Scope) -> list[int]:
        """For each group in how many pieces it stands, up to `MOST_COUNTED`."""
        values: dict[str, Any] = {**_scope(scope), "most": MOST_COUNTED}
        parts = []
        for number, group in enumerate(groups):
            values[f"query{number}"] = query_in(scope.reader, query_of(Step(((group,),))))
            parts.append(
                f"(SELECT count(*) FROM (SELECT 1 FROM public.search_entry e WHERE vector @@ %(query{number})s::tsquery "
                f"AND {_SCOPE} LIMIT %(most)s) x{number})"
            )
        return list(_fetch(f"SELECT {', '.join(parts)}", values)[0]) if parts else []

    def size(self, scope: Scope) -> int:
        """How many pieces the reader could find at all; of many, a multiple of a sample."""
        newest = _fetch("SELECT coalesce(max(id), 0) FROM public.search_entry", {})[0][0]
        return _size(newest, scope.reader)

    def suggestions(self, lead: str, scope: Scope, *, limit: int) -> list[Row]:
        """Documents with a title that begins so."""
        values = {**_scope(scope), **_chosen(Chosen()), "without": [], "limit": limit, "offset": 0}
        return _newest("leads", query_in(scope.reader, f"{quoted(lead)}:*"), values, _WITHOUT_TEXT)


# ---------------------------------------------------------------- the database


@lru_cache(maxsize=256)
def _size(newest: int, reader: Reader) -> int:
    """How many pieces a reader could find, while `newest` is the newest piece: rarity needs no more than that."""
    found = _count(readers_of(reader), MANY)
    return found if found < MANY else SAMPLES * _count(f"({readers_of(reader)}) & {sample_mark(0)}", None)


def _count(query: str, most: int | None) -> int:
    asked = (
        "SELECT count(*) FROM (SELECT 1 FROM public.search_entry e WHERE vector @@ %(query)s::tsquery "
        "AND (expires_at IS NULL OR expires_at > now()) LIMIT %(most)s) x"
    )
    return int(_fetch(asked, {"query": query, "most": most})[0][0])


def _newest(vector: str, query: str, values: dict[str, Any], columns: str = _COLUMNS) -> list[Row]:
    """Rows that match, newest first. Of many matches the newest months are looked at first: sorting all would read all."""
    found = _rows(vector, query, {**values, "most": MANY}, columns)
    if found is not None:
        return found
    months = _months()
    for number in (_FIRST_MONTHS, _MORE_MONTHS):
        rows = _rows(vector, f"({query}) & ({months_of(months[:number])})", {**values, "most": None}, columns)
        if rows and len(rows) == values["limit"]:
            return rows
    return _rows(vector, query, {**values, "most": None}, columns) or []


def _rows(vector: str, query: str, values: dict[str, Any], columns: str) -> list[Row] | None:
    """None where there are `most` matches or more: then these need not be the newest."""
    asked = (
        f"WITH matched AS MATERIALIZED (SELECT id, day, key, piece FROM public.search_entry e WHERE {vector} @@ "
        f"%(query)s::tsquery AND {_SCOPE}{_CHOSEN} LIMIT %(most)s), "
        f"chosen AS MATERIALIZED (SELECT id FROM matched{_ORDER} LIMIT %(limit)s OFFSET %(offset)s) "
        f"SELECT (SELECT count(*) FROM matched), {columns} FROM public.search_entry WHERE id IN (SELECT id FROM chosen){_ORDER}"
    )
    rows = _fetch(asked, {**values, "query": query})
    if values["most"] is not None and ((rows and rows[0][0] == values["most"]) or values["offset"] >= values["most"]):
        return None
    return [_row(row[1:]) for row in rows]


def _months() -> list[str]:
    """The newest months that entries may be of, newest first."""
    newest = _fetch("SELECT max(day) FROM public.search_entry", {})[0][0]
    if newest is None:
        return [""]
    first = newest.year * 12 + newest.month - 1
    return [f"{number // 12}{number % 12 + 1:02}" for number in range(first, first - _MORE_MONTHS, -1)]


def _cells(query: str, values: dict[str, Any]) -> list[Cell]:
    asked = (
        'SELECT kind, "column", committee, school_id, extract(year FROM day)::int, count(*) FROM '
        f'(SELECT kind, "column", committee, school_id, day {_MATCHES} LIMIT %(most)s) x GROUP BY 1, 2, 3, 4, 5'
    )
    return [Cell(*row) for row in _fetch(asked, {**values, "query": query})]


def _scope(scope: Scope) -> dict[str, Any]:
    return {"spaces": list(scope.reader.spaces), "tokens": list(scope.reader.tokens), "at": scope.at}


def _chosen(chosen: Chosen) -> dict[str, Any]:
    return {
        "kind": chosen.kind, "column": chosen.column, "committee": chosen.committee, "school": chosen.school_id,
        "year": chosen.year,
    }  # fmt: skip


def _row(row: tuple[Any, ...]) -> Row:
    key, title, text, day, piece, kind, address, host, language, committee, column, school_id, parent = row
    return Row(
        key, title, text, day, piece, kind=kind, address=address, host=host, language=language, committee=committee,
        column=column, school_id=school_id, parent=parent,
    )  # fmt: skip


@contextmanager
def _by_index() -> Iterator[Any]:
    """PostgreSQL would read the whole table rather than the index: it forgets what unpacking long rows costs."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL enable_seqscan = off; SET LOCAL statement_timeout = {}").format(TIMEOUT_MS))
        yield cursor
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL statement_timeout = 0")


def _fetch(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    try:
        with _by_index() as cursor:
            cursor.execute(query, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
    except DatabaseError as error:
        raise EngineDown(str(error)) from error

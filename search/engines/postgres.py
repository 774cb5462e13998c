"""The engine that is always there: one tsvector for each piece, made in Python."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, transaction
from psycopg import sql

from search.engines.engine import Cell, Chosen, EngineDown, Row, Scope
from search.planning.plan import Group, Step
from search.planning.tokens import Term
from tenants.connection import connection

#: A question that takes longer is given up: the page says so rather than wait.
TIMEOUT_MS = 1_800
_COLUMNS = 'key, title, text, day, piece, kind, address, host, language, committee, "column", school_id, parent'
_WITHOUT_TEXT = _COLUMNS.replace("text,", "'' AS text,")
#: The one filter of school, audience and time; what was taken down is hidden before the worker has come by.
_SCOPE = """ space = ANY(%(spaces)s) AND audience && %(tokens)s::varchar[]
 AND (expires_at IS NULL OR expires_at > %(at)s)
 AND NOT EXISTS (SELECT 1 FROM public.search_change c WHERE c.hides AND c.key = e.key)"""
_MATCHES = f"FROM public.search_entry e WHERE vector @@ %(query)s::tsquery AND {_SCOPE}"
_CHOSEN = """ AND (%(kind)s = '' OR kind = %(kind)s) AND (%(column)s = '' OR "column" = %(column)s)
 AND (%(committee)s = '' OR committee = %(committee)s)
 AND (%(school)s::bigint IS NULL OR school_id = %(school)s)
 AND (%(year)s::int IS NULL OR day BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31))
 AND NOT key = ANY(%(without)s::varchar[])"""
_ORDER = " ORDER BY day DESC NULLS LAST, key, piece"
#: For idf it is enough to know "in so many or more".
MOST_COUNTED = 5_000


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
        # OFFSET 0 keeps the planner from walking all entries by date in the hope of matches.
        found = f"(SELECT e.* {_MATCHES}{_CHOSEN} OFFSET 0) x"
        ids = f"SELECT {_COLUMNS} FROM {found}{_ORDER} LIMIT %(limit)s OFFSET %(offset)s"
        values = {
            **_scope(scope), **_chosen(chosen or Chosen()), "query": query_of(step, "B" if titles else ""),
            "limit": limit, "offset": offset, "without": list(without),
        }  # fmt: skip
        return [_row(row) for row in _fetch(ids, values)]

    def cells(self, step: Step, scope: Scope) -> list[Cell]:
        """All that match, counted by facets."""
        query = (
            'SELECT kind, "column", committee, school_id, extract(year FROM day)::int, count(*) '
            f"{_MATCHES} GROUP BY 1, 2, 3, 4, 5"
        )
        return [Cell(*row) for row in _fetch(query, {**_scope(scope), "query": query_of(step)})]

    def counts(self, groups: Sequence[Group], scope: Scope) -> list[int]:
        """For each group in how many pieces it stands, up to `MOST_COUNTED`."""
        values: dict[str, Any] = {**_scope(scope), "most": MOST_COUNTED}
        parts = []
        for number, group in enumerate(groups):
            values[f"query{number}"] = query_of(Step(((group,),)))
            parts.append(
                f"(SELECT count(*) FROM (SELECT 1 FROM public.search_entry e WHERE vector @@ %(query{number})s::tsquery "
                f"AND {_SCOPE} LIMIT %(most)s) x{number})"
            )
        return list(_fetch(f"SELECT {', '.join(parts)}", values)[0]) if parts else []

    def size(self, scope: Scope) -> int:
        """How many pieces the reader could find at all, up to a hundred times `MOST_COUNTED`."""
        query = f"SELECT count(*) FROM (SELECT 1 FROM public.search_entry e WHERE {_SCOPE} LIMIT %(most)s) x"
        return int(_fetch(query, {**_scope(scope), "most": 100 * MOST_COUNTED})[0][0])

    def suggestions(self, lead: str, scope: Scope, *, limit: int) -> list[Row]:
        """Documents with a title that begins so."""
        query = (
            f"SELECT {_WITHOUT_TEXT} FROM (SELECT e.* FROM public.search_entry e WHERE piece = 0 "
            f"AND leads @@ %(lead)s::tsquery AND {_SCOPE} OFFSET 0) x{_ORDER} LIMIT %(limit)s"
        )
        return [_row(row) for row in _fetch(query, {**_scope(scope), "lead": f"{_quoted(lead)}:*", "limit": limit})]


# ---------------------------------------------------------------- questions


def query_of(step: Step, label: str = "") -> str:
    """A step as the text of a tsquery; with `label` only where that label stands (B: titles)."""
    return " | ".join(f"({' & '.join(_group(group, label) for group in groups)})" for groups in step.sets)


def _group(group: Group, label: str) -> str:
    alternatives = [" & ".join(_term(term, label) for term in each.terms) for each in group.alternatives]
    return f"({' | '.join(f'({alternative})' for alternative in alternatives)})"


def _term(term: Term, label: str) -> str:
    words = [_quoted(token) + (f":{label}" if label else "") for token in term.tokens]
    if term.open:
        words[-1] = f"{_quoted(term.tokens[-1])}:*{label}"
    return f"({' <-> '.join(words)})"


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


# ---------------------------------------------------------------- vectors


def vector_of(title: Sequence[str], body: Sequence[str], gap: int) -> str:
    """Tokens as the text of a tsvector: title at B, then after a gap the body at D."""
    places: dict[str, list[str]] = {}
    for start, label, tokens in ((1, "B", title), (1 + len(title) + gap, "", body)):
        for number, token in enumerate(tokens):
            places.setdefault(token, []).append(f"{start + number}{label}")
    return " ".join(f"{_quoted(token)}:{','.join(found)}" for token, found in places.items())


def leads_of(leads: Sequence[str]) -> str:
    """Beginnings as the text of a tsvector."""
    return " ".join(_quoted(lead) for lead in leads)


# ---------------------------------------------------------------- the database


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

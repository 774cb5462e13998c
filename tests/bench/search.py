"""The search at size: building, p95 of four users at once over both engines, suggestions, and many schools against few.

`SEARCH_DOCUMENTS` says how many texts (100,000); `ELASTICSEARCH_URL` names the server for the second engine.
"""

import multiprocessing
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connections
from django.test import override_settings
from django.utils import timezone

from search.asking import Query, search, suggest
from search.comparing import rebuild_elastic
from search.engines.engine import Scope
from search.models import Entry
from search.outbox import write_documents
from search.readers import Reader, school_token
from search.registry import PUBLIC, Document
from search.switchboard import elastic_engine
from tenants.connection import connection
from tests.bench.measure import Table, seconds
from tests.search.relevance.measure import documents, judged

COUNT = int(os.environ.get("SEARCH_DOCUMENTS", "100000"))
URL = os.environ.get("ELASTICSEARCH_URL", "")
USERS, ROUNDS = 4, 3
SHORTEST, LONGEST = 200, 2_000
FEW, MANY = 60, 1_000
#: Schools of the bench have numbers that no row has.
FIRST = 1_000_000
MOST_MS = {"postgresql": 120, "elasticsearch": 50}
MOST_SUGGESTING_MS, MOST_MANY = 20, 1.25
_BATCH = 500


#: What stands in a school's space goes to another one's: column, audience, and the marks of both vectors.
_MOVE = """
UPDATE public.search_entry SET space = moved.target, school_id = moved.target, audience = ARRAY['school:' || moved.target],
 vector = ts_delete(vector, moved.old) || array_to_tsvector(ARRAY[moved.new]),
 leads = ts_delete(leads, moved.old) || array_to_tsvector(ARRAY[moved.new])
FROM (SELECT id, %(first)s + id %% %(many)s AS target, '=' || space || '=school:' || space AS old,
 '=' || %(first)s + id %% %(many)s || '=school:' || %(first)s + id %% %(many)s AS new
 FROM public.search_entry WHERE space >= %(first)s) AS moved WHERE moved.id = search_entry.id
"""


def searching(table: Table, database: str) -> None:
    """All of it, on a copy of the template."""
    Entry.objects.all().delete()
    table.say("documents", f"{COUNT}", "100000", holds=None)
    _build(table)
    engines = ["postgresql", *(["elasticsearch"] if URL else [])]
    if not URL:
        table.say("Elasticsearch", "ELASTICSEARCH_URL names no server")
    few: dict[str, float] = {}
    for name in engines:
        few[name] = _engine(table, name)
    _spread(MANY)
    for name in engines:
        with _settings(name):
            many = _p95(partial(_ask_in_school, MANY))
        table.say(f"{name}: p95 in a school of {MANY}", f"{many * 1000:.0f} ms ({FEW}: {few[name] * 1000:.0f})")
        table.ratio(f"{name}: {MANY} schools against {FEW}", many / few[name], at_most=MOST_MANY)
    if URL:
        with _settings("elasticsearch"):
            _elastic().drop()


def _build(table: Table) -> None:
    made = _texts(random.Random(7))
    batch: list[Document] = []
    begun = time.perf_counter()
    for document in made:
        batch.append(document)
        if len(batch) == _BATCH:
            write_documents("bench", [each.key for each in batch], batch)
            batch = []
    write_documents("bench", [each.key for each in batch], batch)
    table.say("PostgreSQL: build", f"{time.perf_counter() - begun:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE public.search_entry")
        cursor.execute("SELECT pg_table_size('public.search_entry'), pg_indexes_size('public.search_entry')")
        rows, indexes = cursor.fetchone()
    table.say("PostgreSQL: table, indexes", f"{rows / 2**20:.0f} MB, {indexes / 2**20:.0f} MB")
    table.say("this process at its largest", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _texts(chance: random.Random) -> Iterator[Document]:
    """Texts of the judged set's sentences, thrown together anew; two in five stand in a school's space."""
    given = documents()
    titles, sentences = [each.title for each in given], [each.text for each in given]
    for number in range(COUNT):
        length, parts = chance.randint(SHORTEST, LONGEST), [chance.choice(sentences)]
        while sum(map(len, parts)) < length:
            parts.append(chance.choice(sentences))
        school = FIRST + number % FEW if number % 5 < 2 else 0
        yield Document(
            f"bench:{number}", chance.choice(("news", "notice", "page", "file")),
            f"{chance.choice(titles)}（{number}）", f"/b/{number}/",  # Chinese title: brackets
            (school_token(school) if school else PUBLIC,), "".join(parts)[:length],
            day=date(2020, 1, 1) + timedelta(days=chance.randrange(2_000)), space=school, school_id=school or None,
        )  # fmt: skip


def _settings(name: str) -> Any:
    return override_settings(
        ELASTICSEARCH_URL=URL if name == "elasticsearch" else "", SEARCH_INDEX=f"bench-{os.getpid()}"
    )


def _elastic() -> Any:
    engine = elastic_engine()
    assert engine is not None
    return engine


def _engine(table: Table, name: str) -> float:
    """Figures of one engine; the p95 in a school, for the comparison."""
    with _settings(name):
        if name == "elasticsearch":
            _build_elastic(table)
        for words, ask, most in (
            ("everybody", _ask_everybody, MOST_MS[name]), ("suggestions", _suggest, MOST_SUGGESTING_MS),
        ):  # fmt: skip
            found = _p95(ask) * 1000
            table.say(f"{name}: p95, {USERS} users, {words}", f"{found:.0f} ms", f"<= {most} ms", found <= most)
        in_school = _p95(partial(_ask_in_school, FEW))
        table.say(f"{name}: p95 in a school of {FEW}", f"{in_school * 1000:.0f} ms")
        return in_school


def _build_elastic(table: Table) -> None:
    engine = _elastic()
    begun = time.perf_counter()
    rebuild_elastic(engine)
    table.say("Elasticsearch: build from PostgreSQL", f"{time.perf_counter() - begun:.0f} s")
    stored, heap = engine.weight()
    table.say("Elasticsearch: index, heap in use", f"{stored / 2**20:.0f} MB, {heap / 2**20:.0f} MB")


def _spread(schools: int) -> None:
    """The same texts, in the spaces of more schools."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"first": FIRST, "many": schools})
        cursor.execute("VACUUM ANALYZE public.search_entry")
    if URL:
        with _settings("elasticsearch"):
            rebuild_elastic(_elastic())


# ---------------------------------------------------------------- asking


def _p95(ask: Callable[[str, int], Any]) -> float:
    """Of four users at once, each a process of its own; each asks every judged query, in an order of its own."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with context.Pool(USERS) as users:
        found = sorted(took for each in users.map(partial(_user, ask), range(USERS)) for took in each)
    return found[int(len(found) * 0.95)]


def _user(ask: Callable[[str, int], Any], number: int) -> list[float]:
    queries = [each.query for each in judged()]
    random.Random(number).shuffle(queries)
    for query in queries[:10]:  # warm: the lexicon, connections
        ask(query, number)
    return [seconds(partial(ask, query, number)) for _ in range(ROUNDS) for query in queries]


def _ask_everybody(query: str, number: int) -> None:
    results = search(Query(query), Scope(Reader(), timezone.now()))
    assert not results.failed
    assert not results.from_fallback


def _ask_in_school(schools: int, query: str, number: int) -> None:
    school = FIRST + (number * 7) % schools
    results = search(Query(query), Scope(Reader((0, school), (PUBLIC, school_token(school))), timezone.now()))
    assert not results.failed


def _suggest(query: str, number: int) -> None:
    suggest(query[: 1 + number], Scope(Reader(), timezone.now()))

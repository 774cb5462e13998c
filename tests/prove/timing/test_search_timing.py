"""A word that stands in another school's records alone is refused as fast as one that stands nowhere: the index leaves
them out before any row is read."""

import random
import time
from statistics import median

import pytest
from django.db import connection
from django.utils import timezone

from search.engines.engine import Scope
from search.engines.postgres import PostgresEngine
from search.outbox import write_documents
from search.planning.lexicon import make_lexicon
from search.planning.planner import plan_query
from search.readers import Reader, school_token
from search.registry import PUBLIC, Document

pytestmark = pytest.mark.prove
RECORDS, CALLS, MOST = 2_000, 200, 1.2
OWN, FOREIGN = 7, 8
MEMBER = Reader((0, OWN), (PUBLIC, school_token(OWN)))


@pytest.fixture
def engine(db):
    given = [
        Document(f"s:{number}", "filing", f"quokka9 {number}", "/f/", (school_token(FOREIGN),), "meter", space=FOREIGN)
        for number in range(RECORDS)
    ] + [Document(f"o:{number}", "page", f"open {number}", "/o/", (PUBLIC,), "meter") for number in range(RECORDS)]
    write_documents("timing", [each.key for each in given], given)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE public.search_entry")
    return PostgresEngine()


def taken(engine, scope, words):
    """Medians of the time that each word's questions take, asked in turns of random order."""
    lexicon = make_lexicon([], [], [])
    plans = {word: plan_query(word, lexicon) for word in words}
    found = {word: [] for word in words}
    for turn in range(CALLS + 5):
        for word in random.sample(words, len(words)):
            plan = plans[word]
            begun = time.perf_counter()
            rows = engine.rows(plan.literal, scope, limit=200)
            engine.counts(plan.groups, scope)
            engine.cells(plan.literal, scope)
            engine.suggestions(word, scope, limit=8)
            if turn >= 5:
                found[word].append(time.perf_counter() - begun)
            assert not rows or scope.reader.spaces == (FOREIGN,)
    return {word: median(times) for word, times in found.items()}


@pytest.mark.requirement("S7-52")
@pytest.mark.parametrize("reader", [Reader(), MEMBER], ids=["public", "member"])
def test_what_is_anothers_takes_as_long_as_nothing(engine, reader):
    found = taken(engine, Scope(reader, timezone.now()), ["quokka9", "wombat9"])
    ratio = found["quokka9"] / found["wombat9"]
    print(f"{reader.spaces}: {found} ratio {ratio:.2f}")
    assert 1 / MOST < ratio < MOST


def test_the_clock_sees_a_difference(engine):
    """Control: where the records are one's own, they take longer."""
    own = Scope(Reader((FOREIGN,), (school_token(FOREIGN),)), timezone.now())
    found = taken(engine, own, ["quokka9", "wombat9"])
    assert found["quokka9"] / found["wombat9"] > MOST

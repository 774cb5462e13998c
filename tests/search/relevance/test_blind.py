"""Two sets by somebody who knew neither the search nor its words, asked of both engines."""

import pytest

from search.finding import Finder
from search.lexicons import vocabulary_of
from search.models import Entry
from tests.search.engines.conftest import ENGINES, filled, lexicon, public  # noqa: F401
from tests.search.relevance.measure import blind, measure

#: Floors under the figures of README.md, so that nothing falls unseen; the aim is 0.80.
FLOORS = {"a": 0.67, "b": 0.66}


@pytest.mark.requirement("S0-04")
@pytest.mark.parametrize("letter", ["a", "b"])
@pytest.mark.parametrize("kind", ENGINES)
def test_what_was_asked_blindly_is_found(letter, kind, db, settings, public, lexicon):  # noqa: F811
    given, queries = blind(letter)
    assert {key for each in queries for key in each.keys} <= {each.key for each in given}
    Entry.objects.all().delete()
    made = filled(kind, settings, given)
    engine = next(made)
    try:
        words = vocabulary_of([each.title for each in given], lexicon)
        finder = Finder(engine, public, lexicon, lambda: words)
        found = measure(lambda query: [each.candidate.key for each in finder.find(query).ranked], queries)
    finally:
        made.close()
    print(f"blind {letter}, {engine.name}: F1 {found.f1:.3f}, quiet {found.quiet:.3f}\n{found.worst}\n{found.loud}")
    assert found.f1 >= FLOORS[letter], found.worst
    assert found.quiet >= 0.90, found.loud

"""Which engine answers: Elasticsearch where it is named and alive, else PostgreSQL, which then says so."""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

from search.engines.engine import Engine, EngineDown
from search.engines.postgres import PostgresEngine

if TYPE_CHECKING:
    from search.engines.elastic import ElasticEngine

logger = logging.getLogger("search")
Found = TypeVar("Found")

#: After a failure nobody waits for the engine again for so long.
REST_SECONDS = 10.0
POSTGRES = PostgresEngine()
_rests_until = 0.0


@lru_cache(maxsize=2)
def _elastic(url: str, alias: str) -> "ElasticEngine":
    from search.engines.elastic import ElasticEngine  # 25 MB of a client that most sites do without

    return ElasticEngine(url, alias)


def elastic_engine() -> "ElasticEngine | None":
    """The engine of `ELASTICSEARCH_URL`; None where the site does without."""
    if not settings.ELASTICSEARCH_URL:
        return None
    return _elastic(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX)


def ask(question: Callable[[Engine], Found]) -> tuple[Found, bool]:
    """Put a question to the best engine; returns its answer, and whether that came from the fallback.

    Raises `EngineDown` when PostgreSQL does not answer either.
    """
    global _rests_until
    engine = elastic_engine()
    if engine is None:
        return question(POSTGRES), False
    if time.monotonic() >= _rests_until:
        try:
            with engine.one_budget():
                return question(engine), False
        except EngineDown as trouble:
            _rests_until = time.monotonic() + REST_SECONDS
            logger.warning("elasticsearch gives no answer, PostgreSQL does: %s", trouble)
    return question(POSTGRES), True


def wake_engine() -> None:
    """Ask Elasticsearch again at the next question (tests; and after a delivery that went well)."""
    global _rests_until
    _rests_until = 0.0

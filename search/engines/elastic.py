"""The one module that speaks to Elasticsearch: documents, questions, and the life of the index behind its alias."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch import NotFoundError as NoSuchIndex
from elasticsearch.dsl import Boolean, Date, Document, Index, Integer, Keyword, Long, Q, Search, Text, analyzer
from elasticsearch.helpers import BulkIndexError, bulk, scan

from search.engines.engine import Cell, Chosen, EngineDown, Row, Scope
from search.engines.pieces import row_from, source_of
from search.engines.questions import query_of
from search.models import Change, Delivery, Entry
from search.planning.plan import Group, Step

#: Tokens come ready-made from the planner (one tokenizer for both engines); nothing is analysed a second time.
_READY = analyzer("ready", tokenizer="whitespace")
Answered = TypeVar("Answered")
_TROUBLE = (ApiError, TransportError, BulkIndexError, AttributeError, KeyError, TypeError, ValueError, TimeoutError)
MOST_COUNTED = 1_000
_MOST_CELLS = 5_000
#: All questions of one search wait so long together; the rest of two seconds is PostgreSQL's.
BUDGET_SECONDS = 1.0
WRITING_SECONDS = 20
_BULK = 500


class Piece(Document):
    """One entry of the index, as Elasticsearch keeps it."""

    key = Keyword()
    piece = Integer()
    source = Keyword(index=False, doc_values=False)
    title = Text(index=False)
    text = Text(index=False)
    title_tokens = Text(analyzer=_READY)
    body_tokens = Text(analyzer=_READY)
    leads = Keyword(doc_values=False)
    kind = Keyword()
    host = Keyword(index=False, doc_values=False)
    address = Keyword(index=False, doc_values=False)
    language = Keyword()
    day = Date(format="yyyy-MM-dd")
    year = Integer()
    committee = Keyword()
    column = Keyword()
    school_id = Long()
    space = Long()
    audience = Keyword()
    expires_at = Date()
    lasts = Boolean()
    parent = Keyword()
    digest = Keyword(index=False)

    class Index:
        """Settings of every physical index; its name is given when it is made."""

        name = "portal-content"
        settings: ClassVar = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "200ms"}

    class Meta:
        """Nothing is found by accident of a new field."""

        dynamic = "strict"


def _answering(method: Callable[..., Any]) -> Callable[..., Any]:
    """Whatever goes wrong with the server is one thing to us: it gave no answer."""

    @wraps(method)
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (
            ApiError,
            TransportError,
            BulkIndexError,
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
            TimeoutError,
        ) as error:
            raise EngineDown(f"{type(error).__name__}: {error}"[:500]) from error

    return asked


_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)
#: Waited for in threads: a server that sends a byte now and then keeps every limit of a socket, and answers never.
_waiting = ThreadPoolExecutor(max_workers=16, thread_name_prefix="elasticsearch")


@contextmanager
def one_budget() -> Iterator[None]:
    """Inside, all questions together wait `BUDGET_SECONDS` at most; after that each raises `EngineDown`."""
    before = _ends_at.set(time.monotonic() + BUDGET_SECONDS)
    try:
        yield
    finally:
        _ends_at.reset(before)


def _in_time(call: Callable[[], Answered]) -> Answered:
    """What a call to the server returns. Raises `TimeoutError` when the budget is spent."""
    ends_at = _ends_at.get()
    left = BUDGET_SECONDS if ends_at is None else ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError("the budget is spent")
    return _waiting.submit(call).result(timeout=left)


class ElasticEngine:
    """Questions to the alias; writing to the physical index behind it."""

    name = "elasticsearch"
    one_budget = staticmethod(one_budget)

    def __init__(self, url: str, alias: str = "") -> None:
        self.alias = alias or settings.SEARCH_INDEX
        self.client = Elasticsearch(url, request_timeout=BUDGET_SECONDS, max_retries=0, retry_on_timeout=False)
        self.writer = Elasticsearch(url, request_timeout=WRITING_SECONDS, max_retries=0)

    # ------------------------------------------------------------ questions

    @_answering
    def rows(
        self, step: Step, scope: Scope, *, limit: int, offset: int = 0, titles: bool = False,
        chosen: Chosen | None = None, without: Sequence[str] = (),
    ) -> list[Row]:  # fmt: skip
        """Pieces that match, newest first."""
        asked = self._search(scope).filter(query_of(step, titles=titles))
        for facet, value in _terms_of(chosen or Chosen()):
            asked = asked.filter("term", **{facet: value})
        if without:
            asked = asked.exclude("terms", key=list(without))
        return self._rows(asked[offset : offset + limit])

    @_answering
    def cells(self, step: Step, scope: Scope) -> list[Cell]:
        """All that match, counted by facets."""
        facets = ("kind", "column", "committee", "school_id", "year")
        by = [{name: {"terms": {"field": name, "missing_bucket": True}}} for name in facets]
        asked = self._search(scope).filter(query_of(step))[0:0]
        asked.aggs.bucket("cells", "composite", size=_MOST_CELLS, sources=by)
        return [
            Cell(b.key.kind, b.key.column, b.key.committee, b.key.school_id, b.key.year, b.doc_count)
            for b in _in_time(asked.execute).aggregations.cells.buckets
        ]

    @_answering
    def counts(self, groups: Sequence[Group], scope: Scope) -> list[int]:
        """For each group in how many pieces it stands, up to `MOST_COUNTED`."""
        if not groups:
            return []
        asked = self._search(scope)[0:0]
        named = {str(number): query_of(Step(((group,),))) for number, group in enumerate(groups)}
        asked.aggs.bucket("groups", "filters", filters=named)
        found = _in_time(asked.execute).aggregations.groups.buckets
        return [min(found[str(number)].doc_count, MOST_COUNTED) for number in range(len(groups))]

    @_answering
    def size(self, scope: Scope) -> int:
        """How many pieces the reader could find at all, up to half a million."""
        return min(int(_in_time(self._search(scope).count)), 500_000)

    @_answering
    def suggestions(self, lead: str, scope: Scope, *, limit: int) -> list[Row]:
        """Documents with a title that begins so."""
        asked = self._search(scope).filter("prefix", leads=lead).filter("term", piece=0)
        return self._rows(asked.source(excludes=["text", "title_tokens", "body_tokens", "leads"])[:limit])

    def _search(self, scope: Scope) -> Search:
        """The one filter of school, audience and time; what was taken down is hidden before the worker has come by."""
        asked = Search(using=self.client, index=self.alias).extra(track_total_hits=False)
        asked = asked.filter("terms", space=list(scope.reader.spaces))
        asked = asked.filter("terms", audience=list(scope.reader.tokens))
        asked = asked.filter(Q("term", lasts=True) | Q("range", expires_at={"gt": scope.at.isoformat()}))
        if hidden := hidden_keys():
            asked = asked.exclude("terms", key=hidden)
        asked = asked.source(excludes=["title_tokens", "body_tokens", "leads"])
        return asked.sort({"day": {"order": "desc", "missing": "_last"}}, "key", "piece")

    def _rows(self, asked: Search) -> list[Row]:
        return [row_from(hit["_source"]) for hit in _in_time(asked.execute).to_dict()["hits"]["hits"]]

    # ------------------------------------------------------------ writing

    @_answering
    def write(self, entries: Iterable[Entry], gone: Iterable[str] = (), *, index: str = "") -> None:
        """Write entries, and take out pieces by id (`key#piece`). Repeating it changes nothing."""
        target = index or self.alias
        acts: list[dict[str, Any]] = [{"_op_type": "delete", "_index": target, "_id": each} for each in gone]
        stream = (
            {"_op_type": "index", "_index": target, "_id": f"{e.key}#{e.piece}", "_source": source_of(e)}
            for e in entries
        )
        self._bulk(acts)
        self._bulk(stream)

    def _bulk(self, acts: Iterable[dict[str, Any]]) -> None:
        _, errors = bulk(self.writer, acts, chunk_size=_BULK, raise_on_error=False)
        faults = [e for e in errors if next(iter(e.values())).get("status") != 404]  # type: ignore[union-attr]
        if faults:
            raise EngineDown(str(faults[0])[:500])

    @_answering
    def refresh(self, index: str = "") -> None:
        """Make what was written visible now (tests, rebuilding)."""
        self.writer.indices.refresh(index=index or self.alias)

    @_answering
    def digests(self) -> Iterator[tuple[str, str]]:
        """Id and digest of every piece, for comparing."""
        hits = scan(self.writer, index=self.alias, query={"_source": ["digest"]})
        return iter([(hit["_id"], hit["_source"]["digest"]) for hit in hits])

    # ------------------------------------------------------------ the index behind the alias

    @_answering
    def physical(self) -> list[str]:
        """The physical indexes behind the alias."""
        try:
            return sorted(self.writer.indices.get_alias(name=self.alias))
        except NoSuchIndex:
            return []

    @_answering
    def weight(self) -> tuple[int, int]:
        """Bytes of the index on disk, and of the server's heap in use."""
        stored = self.writer.indices.stats(index=self.alias, metric="store")["_all"]["total"]["store"]["size_in_bytes"]
        nodes = self.writer.nodes.stats(metric="jvm")["nodes"].values()
        return int(stored), sum(int(node["jvm"]["mem"]["heap_used_in_bytes"]) for node in nodes)

    @_answering
    def create(self) -> str:
        """A new, empty physical index with the next number; returns its name."""
        known = [*self.writer.indices.get(index=f"{self.alias}-v*", ignore_unavailable=True)]
        number = max([0, *(int(name.rpartition("-v")[2]) for name in known)]) + 1
        name = f"{self.alias}-v{number}"
        made: Index = Piece._index.clone(name=name)
        made.create(using=self.writer)
        return name

    @_answering
    def swap(self, name: str) -> None:
        """Let the alias name `name` alone, in one step; the old indexes go afterwards."""
        old = [each for each in self.physical() if each != name]
        acts = [{"remove": {"index": each, "alias": self.alias}} for each in old]
        self.writer.indices.update_aliases(actions=[*acts, {"add": {"index": name, "alias": self.alias}}])
        self._drop(old)

    def _drop(self, names: Sequence[str]) -> None:
        if names:
            self.writer.indices.delete(index=",".join(names), ignore_unavailable=True)

    @_answering
    def drop(self) -> None:
        """Take away every physical index of this alias (tests)."""
        self._drop([*self.writer.indices.get(index=f"{self.alias}-v*", ignore_unavailable=True)])


def hidden_keys() -> list[str]:
    """What was taken down and is not yet out of the index."""
    changes = Change.objects.filter(hides=True).values_list("key", flat=True)
    return list(changes.union(Delivery.objects.filter(hides=True, delivered_at=None).values_list("key", flat=True)))


def _terms_of(chosen: Chosen) -> list[tuple[str, Any]]:
    return [(facet, value) for facet, value in chosen.__dict__.items() if value not in {"", None}]

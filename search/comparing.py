"""What the index should hold against what it holds: every difference by key; and making it anew."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from django.db import transaction

from search.entries import digest_of
from search.models import Delivery, Entry
from search.outbox import lock_deliveries, prepare, read_documents, send, write_documents
from search.registry import Document, Source, sources
from search.switchboard import elastic_engine
from tenants.context import school_scope
from tenants.models import School
from tenants.queries import open_schools

if TYPE_CHECKING:
    from search.engines.elastic import ElasticEngine

_CHUNK = 200


def differences() -> Iterator[str]:
    """`what: key` for each document that the index lacks, holds in an old form, or should not hold; none: all is well."""
    known = dict(Entry.objects.filter(piece=0).values_list("key", "digest"))
    for source in sources():
        for documents in _documents(source):
            for document in documents:
                digest = known.pop(document.key, "")
                if digest != digest_of(document):
                    yield f"{'old' if digest else 'missing'}: {document.key}"
    yield from (f"left over: {key}" for key in known)
    if engine := elastic_engine():
        yield from _elastic_differences(engine)


def _elastic_differences(engine: "ElasticEngine") -> Iterator[str]:
    wanted = {f"{key}#{piece}": digest for key, piece, digest in Entry.objects.values_list("key", "piece", "digest")}
    if not engine.physical():
        yield f"elasticsearch: no index behind {engine.alias}"
        return
    engine.refresh()
    for piece, digest in engine.digests():
        if wanted.pop(piece, None) != digest:
            yield f"elasticsearch, old or left over: {piece}"
    yield from (f"elasticsearch, missing: {piece}" for piece in wanted)


def fill(*, everything: bool = True) -> int:
    """Bring PostgreSQL's index in line with every source; returns how many documents were written: all, or those that
    differ. Nothing is ever missing while it runs: each document is replaced in one transaction."""
    known = {} if everything else dict(Entry.objects.filter(piece=0).values_list("key", "digest"))
    count, seen = 0, set()
    for source in sources():
        for documents in _documents(source, reading=True):
            seen |= {each.key for each in documents}
            others = [each for each in documents if known.get(each.key) != digest_of(each)]
            with transaction.atomic():
                write_documents(source.name, [each.key for each in others], others)
            count += len(others)
    _take_out([key for key in Entry.objects.filter(piece=0).values_list("key", flat=True) if key not in seen])
    return count


def _take_out(keys: list[str]) -> None:
    for start in range(0, len(keys), _CHUNK):
        with transaction.atomic():
            write_documents("", keys[start : start + _CHUNK], [])


def rebuild_elastic(engine: "ElasticEngine") -> str:
    """A new physical index, filled from PostgreSQL, caught up, then put behind the alias in one step; its name.

    Questions go to the old one until that moment. Raises `EngineDown`; the old index then stays.
    """
    mark = Delivery.objects.order_by("-id").values_list("id", flat=True).first() or 0
    name: str = engine.create()
    last = 0
    while chunk := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        engine.write(chunk, index=name)
        last = chunk[-1].pk
    with transaction.atomic():
        lock_deliveries()
        send(engine, Delivery.objects.filter(pk__gt=mark), index=name)
        engine.refresh(name)
        engine.swap(name)
    return name


def _documents(source: Source, *, reading: bool = False) -> Iterator[list[Document]]:
    """All documents of a source, some at a time; of a source in schools, school by school. `reading`: files too."""
    places: list[School | None] = list(open_schools()) if source.in_schools else [None]
    for school in places:
        yield from _in_chunks(source, school, reading=reading)


def _in_chunks(source: Source, school: School | None, *, reading: bool) -> list[list[Document]]:
    with school_scope(school) if school else nullcontext():
        keys = list(source.all_keys())
        if reading:
            prepare(source, keys)
        return [read_documents(source, keys[start : start + _CHUNK]) for start in range(0, len(keys), _CHUNK)]

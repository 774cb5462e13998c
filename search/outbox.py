"""From a changed row to the index: noted in the change's own transaction, applied by the worker, hidden at once where it
must not be found any more. Both engines follow; PostgreSQL first, Elasticsearch from what PostgreSQL holds."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save
from django.utils import timezone, translation

from search.entries import entries_of
from search.lexicons import current_lexicon
from search.models import Change, Delivery, Entry
from search.registry import Document, KeysOf, Source, source_of
from search.switchboard import elastic_engine
from tenants.connection import connection
from tenants.context import association_scope, school_scope
from tenants.models import School

if TYPE_CHECKING:
    from search.engines.elastic import ElasticEngine

BATCH = 200
#: Locks of PostgreSQL: one applies, one delivers; a second one waits, so that nothing older overwrites.
_APPLYING, _DELIVERING = 719_204_207, 719_204_208
#: Keys by source, inside `noted_once`.
_gathered: ContextVar[dict[str, dict[str, None]] | None] = ContextVar("gathered changes", default=None)


def watch(source: Source) -> None:
    """Note every saving and deleting of the source's rows from now on."""
    for model, keys_of in source.watched.items():
        heard = partial(_heard, source=source, keys_of=keys_of)
        for signal in (post_save, post_delete):
            signal.connect(heard, sender=model, weak=False, dispatch_uid=f"search:{source.name}:{model._meta.label}")


def _heard(instance: Any, *, source: Source, keys_of: KeysOf, raw: bool = False, **signal: Any) -> None:
    # Signing in writes one field of a person that nobody looks for.
    if not raw and signal.get("update_fields") != frozenset({"last_login"}):
        note(source, keys_of(instance))


def note(source: Source, keys: Iterable[str]) -> None:
    """Write down that documents have changed (or are gone), in the transaction of the change.

    Also for changes that no signal tells (bulk updates). What is gone, or may be read by fewer, is hidden from this
    moment on; the worker does the rest.
    """
    gathered = _gathered.get()
    if gathered is not None and not source.in_schools:
        gathered.setdefault(source.name, {}).update(dict.fromkeys(keys))
        return
    unique = list(dict.fromkeys(keys))
    if not unique:
        return
    school = _school() if source.in_schools else None
    now = {document.key: document for document in read_documents(source, unique)}
    with transaction.atomic():
        before = {entry.key: entry for entry in Entry.objects.filter(key__in=unique, piece=0).defer("text", "vector")}
        Change.objects.bulk_create(
            Change(source=source.name, key=key, school=school, hides=_hides(before.get(key), now.get(key)))
            for key in unique
        )
        wake_on_commit()


@contextmanager
def noted_once() -> Iterator[None]:
    """Inside, changes outside schools are gathered; at the end they are noted, each document once, as it stands then.

    For many savings in one transaction: each note reads its document. When they fail nothing is noted.
    """
    gathered: dict[str, dict[str, None]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for name, keys in gathered.items():
        source = source_of(name)
        if source is not None:
            note(source, keys)


def _school() -> School | None:
    return connection.tenant if isinstance(connection.tenant, School) else None


def _hides(before: Entry | None, now: Document | None) -> bool:
    """Whether somebody who found it before must not find it now."""
    if now is None:
        return True
    return before is not None and (before.space != now.space or not set(before.audience) <= set(now.audience))


def wake_on_commit() -> None:
    """Queue the worker's job once for each transaction. A process killed in between: the minute's sweep finds the rest."""
    if not any(waiting[1] is _wake for waiting in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    from search.tasks import wake

    with association_scope():
        wake()


# ---------------------------------------------------------------- the worker's part


def apply_changes() -> int:
    """Bring PostgreSQL's index up to date; returns how many changes were taken. May be repeated, cut off, run twice."""
    taken = 0
    while number := _apply_batch(_prepared()):
        taken += number
    return taken


def _prepared() -> int:
    """Let sources read what takes long, before anything is locked; the number of the last change that is ready."""
    changes = list(Change.objects.order_by("id")[:BATCH].values_list("id", "source", "key"))
    by_source: dict[str, list[str]] = {}
    for _number, name, key in changes:
        by_source.setdefault(name, []).append(key)
    for name, keys in by_source.items():
        prepare(source_of(name), list(dict.fromkeys(keys)))
    return changes[-1][0] if changes else 0


def prepare(source: Source | None, keys: list[str]) -> None:
    """Read what takes long of these documents, where the source has such."""
    if source is not None and source.prepare is not None and keys:
        source.prepare(keys)


def _apply_batch(last: int) -> int:
    """One transaction, up to the change `last`: take changes, read what is now, write it, note what Elasticsearch must
    be told, forget them."""
    with transaction.atomic():
        _lock(_APPLYING)
        changes = list(Change.objects.filter(pk__lte=last).select_related("school").order_by("id")[:BATCH])
        groups: dict[tuple[str, School | None], list[str]] = {}
        for change in changes:
            groups.setdefault((change.source, change.school), []).append(change.key)
        for (name, school), keys in groups.items():
            _bring_up(name, school, list(dict.fromkeys(keys)))
        Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _bring_up(name: str, school: School | None, keys: list[str]) -> None:
    source = source_of(name)
    documents = _load(source, school, keys) if source else []
    write_documents(name, keys, documents)


def _load(source: Source, school: School | None, keys: list[str]) -> list[Document]:
    if school is None:
        return read_documents(source, keys)
    with school_scope(school):
        return read_documents(source, keys)


def read_documents(source: Source, keys: list[str]) -> list[Document]:
    """The documents of these keys as they are now, the same whoever asks: addresses and words in the first language."""
    with translation.override(settings.LANGUAGE_CODE):
        return list(source.load(keys))


def write_documents(source: str, keys: Iterable[str], documents: Iterable[Document]) -> None:
    """Let the index hold of `keys` exactly `documents`."""
    wanted = list(keys)
    lexicon = current_lexicon()
    known = Entry.objects.filter(key__in=wanted).values("key").annotate(last=Max("piece"))
    pieces = {row["key"]: row["last"] + 1 for row in known}
    entries = [entry for document in documents for entry in entries_of(document, source, lexicon)]
    Entry.objects.filter(key__in=wanted).delete()
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    if elastic_engine() is not None:
        there = {entry.key for entry in entries}
        Delivery.objects.bulk_create(
            Delivery(key=key, pieces=pieces.get(key, 0), hides=key not in there)
            for key in wanted
            if key in there or key in pieces
        )


def deliver() -> int:
    """Tell Elasticsearch what PostgreSQL's index holds; returns how many documents. Raises `EngineDown`."""
    engine = elastic_engine()
    if engine is None:
        return 0
    told = 0
    while number := _deliver_batch(engine):
        told += number
    return told


def _deliver_batch(engine: "ElasticEngine") -> int:
    with transaction.atomic():
        _lock(_DELIVERING)
        waiting = list(Delivery.objects.filter(delivered_at=None).order_by("id")[:BATCH])
        if waiting:
            send(engine, waiting)
            Delivery.objects.filter(pk__in=[each.pk for each in waiting]).update(delivered_at=timezone.now())
    return len(waiting)


def send(engine: "ElasticEngine", deliveries: Iterable[Delivery], *, index: str = "") -> None:
    """Write the entries of these documents as they are now, and take out pieces they no longer have."""
    pieces: dict[str, int] = {}
    for each in deliveries:
        pieces[each.key] = max(pieces.get(each.key, 0), each.pieces)
    entries = list(Entry.objects.filter(key__in=pieces))
    there = {f"{entry.key}#{entry.piece}" for entry in entries}
    old = [f"{key}#{number}" for key, count in pieces.items() for number in range(count)]
    engine.write(entries, [each for each in old if each not in there], index=index)


def lock_deliveries() -> None:
    """Nobody delivers until this transaction ends (a rebuild's last moment)."""
    _lock(_DELIVERING)


def _lock(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])

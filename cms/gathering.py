"""What Wagtail does behind each save (the editors' search, the references between rows), done once for many saves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from modelsearch.index import get_indexed_instance
from modelsearch.tasks import insert_or_update_object_task
from wagtail.search.backends import get_search_backends

from cms.waiting_tasks import waiting
from search.outbox import noted_once


@contextmanager
def followed_once() -> Iterator[None]:
    """Inside, saves are noted only; at the end each row is brought into the indexes once, as it stands then.

    For many saves in one transaction. When they fail nothing follows. One inside another waits for the outer's end.
    """
    if waiting.get() is not None:
        yield
        return
    noted: dict[Any, Any] = {}
    token = waiting.set(noted)
    try:
        with noted_once():
            yield
    finally:
        waiting.reset(token)
    numbers = defaultdict(list)
    for (task, *args), (backend, result) in noted.items():
        if task == insert_or_update_object_task:
            app_label, name, number = args
            numbers[apps.get_model(app_label, name)].append(number)
        else:
            backend.run(result)
    _index(row for model, keys in numbers.items() for row in model._default_manager.filter(pk__in=keys))


def _index(rows: Iterable[Any]) -> None:
    """Bring these rows into the editors' search, all of a model at once: each time it weighs its whole table anew."""
    by_model = defaultdict(list)
    for row in rows:
        indexed = get_indexed_instance(row)
        if indexed is not None:
            by_model[type(indexed)].append(indexed)
    for backend in get_search_backends(with_auto_update=True):
        for model, found in by_model.items():
            backend.add_bulk(model, found)

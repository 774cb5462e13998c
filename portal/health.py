"""`/healthz` and `/readyz`, for proxies and service managers: answered on every host, before anything else."""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("portal.health")

ALIVE, READY = "/healthz", "/readyz"
#: A worker writes its heartbeat every ten seconds.
HEARTBEAT_SECONDS = 60
#: Who asks more often gets the last answer: a probe is no lever against the database.
REMEMBER_SECONDS = 2.0
_last: tuple[float, list[str]] = (0.0, [])


class HealthMiddleware:
    """Stands before the floors. Strangers learn ready or not, never why: the reasons are in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ALIVE:
            return _plain("alive", 200)
        if request.path_info == READY:
            faults = remembered_faults()
            return _plain("not ready" if faults else "ready", 503 if faults else 200)
        return self.get_response(request)


def remembered_faults() -> list[str]:
    """What is missing, asked at most every two seconds; new reasons go into the log."""
    global _last
    now = time.monotonic()
    if now - _last[0] > REMEMBER_SECONDS:
        faults = list(faults_found())
        if faults != _last[1]:
            logger.warning("readiness: %s", "; ".join(faults) or "ready again")
        _last = (now, faults)
    return _last[1]


def faults_found() -> Iterator[str]:
    """Everything that keeps this process from serving: database, migrations, file store, job worker."""
    yield from _store_faults(Path(settings.FILE_STORE_DIR))
    try:
        yield from _database_faults()
    except DatabaseError as error:
        yield f"database: {type(error).__name__}"


def _database_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM public.django_migrations")
        behind = _known_migrations() - set(cursor.fetchall())
        if behind:
            yield f"migrations: {len(behind)} missing, such as {'.'.join(min(behind))}"
        if settings.READY_NEEDS_WORKER:
            cursor.execute(
                "SELECT count(*) FROM public.procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 s'",
                [HEARTBEAT_SECONDS],
            )
            if not cursor.fetchone()[0]:
                yield f"job worker: no heartbeat for {HEARTBEAT_SECONDS} s"


def _store_faults(folder: Path) -> Iterator[str]:
    nearest = folder if folder.exists() else folder.parent
    if not os.access(nearest, os.W_OK | os.X_OK):
        yield "file store: cannot be written"
    elif shutil.disk_usage(nearest).free < settings.READY_LEAST_FREE_BYTES:
        yield "file store: hardly any room left"


@cache
def _known_migrations() -> set[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key for key in loader.graph.nodes if key in loader.disk_migrations}


def _plain(text: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)

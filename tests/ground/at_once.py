"""Two threads in one row: the one that has read waits until the other has read too, or stands before the row's lock."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tenants.connection import connection
from tests.ground.cluster import the_cluster

PATIENCE_SECONDS = 5.0


class Turnstile:
    """Wraps the step between read and write; `overlapped` counts the races in which both were truly there."""

    def __init__(self) -> None:
        self.arrived = self.overlapped = 0
        self.guard = threading.Lock()

    def wrap(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step, held until the other has come."""

        def call(*args: Any, **kwargs: Any) -> Any:
            self._meet()
            return step(*args, **kwargs)

        return call

    def _meet(self) -> None:
        with self.guard:
            self.arrived += 1
            first = self.arrived % 2 == 1
        if not first:
            return
        mine, until = self.arrived, time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if self.arrived > mine or _somebody_waits():
                self.overlapped += 1
                return
            time.sleep(0.002)


def _somebody_waits() -> bool:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(the_cluster().superuser_url(name), autocommit=True) as watch:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
        row = watch.execute(query, [name]).fetchone()
    return bool(row and row[0])


def both(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at once, each in a thread with a connection of its own; their results or exceptions, in order."""
    results: list[Any] = [None] * len(acts)

    def one(number: int) -> None:
        try:
            results[number] = acts[number]()
        except Exception as error:  # noqa: BLE001  # the loser's exception is what a test looks at
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def hold(patch: pytest.MonkeyPatch, module: Any, name: str) -> Turnstile:
    """Put a turnstile before a step of a module."""
    turnstile = Turnstile()
    patch.setattr(module, name, turnstile.wrap(getattr(module, name)))
    return turnstile

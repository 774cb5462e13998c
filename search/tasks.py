"""What the job worker does for the index: apply what was noted, deliver to Elasticsearch, sweep once a minute."""

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from search.asked import forget_old
from search.comparing import fill
from search.models import Delivery
from search.outbox import apply_changes, deliver
from search.switchboard import elastic_engine, wake_engine

logger = logging.getLogger("search")
#: Deliveries are kept so long for a rebuild that is under way.
KEPT = timedelta(days=2)


def wake() -> None:
    """Queue the job; one that waits already does the work."""
    _queue(search_apply)


@app.task(name="search.apply", queueing_lock="search.apply", retry=RetryStrategy(max_attempts=5, wait=2))
def search_apply() -> None:
    """Apply what was noted; deliver in a job of its own, so that a dead Elasticsearch holds up nothing."""
    apply_changes()
    if elastic_engine() is not None:
        _queue(search_deliver)


def _queue(task: Any) -> None:
    """Put a task into the queue unless it waits there already; the refusal must not spoil a transaction around it."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer()


@app.task(name="search.deliver", queueing_lock="search.deliver", retry=RetryStrategy(max_attempts=10, wait=5))
def search_deliver() -> None:
    """Tell Elasticsearch. While it does not answer: again every five seconds, and by the sweep after that."""
    if deliver():
        wake_engine()


@app.periodic(cron="* * * * *", periodic_id="search")
@app.task(name="search.sweep", queueing_lock="search.sweep", pass_context=False)
def search_sweep(timestamp: int) -> None:
    """Once a minute: what a killed process left noted, and what waited for Elasticsearch. `timestamp`: planned moment."""
    if taken := apply_changes():
        logger.info("search: %s changes found by the sweep", taken)
    if elastic_engine() is not None and Delivery.objects.filter(delivered_at=None).exists():
        _queue(search_deliver)


@app.periodic(cron="5 19 * * *", periodic_id="search_forget")
@app.task(name="search.forget", queueing_lock="search.forget", pass_context=False)
def search_forget(timestamp: int) -> None:
    """Once a night: forget what was delivered days ago and asked long ago; mend what no signal told (a seat that began
    today, a bulk update). `timestamp`: planned moment."""
    now = timezone.now()
    if mended := fill(everything=False):
        logger.info("search: %s documents mended", mended)
    Delivery.objects.filter(delivered_at__lt=now - KEPT).delete()
    forget_old(now)

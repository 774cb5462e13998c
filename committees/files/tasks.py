"""Jobs of this room: the nightly sweep of contents that nobody names."""

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from committees.files.registry import known_hashes
from committees.files.store import file_store
from committees.files.sweep import Swept, sweep_orphans
from tenants.clock import database_now

log = logging.getLogger(__name__)
#: An upload under way, or one whose commit hangs, is never as old as this.
KEPT_FOR = timedelta(days=1)


def sweep_files(older_than: timedelta = KEPT_FOR) -> Swept:
    """Read what all rooms name, then remove the rest, and unfinished uploads. The moment is taken before the reading."""
    at = database_now()
    swept = sweep_orphans(file_store(), known_hashes(), older_than=older_than, at=at)
    log.info("swept the file store: %s contents, %s bytes, %s parts", len(swept.removed), swept.freed, swept.parts)
    return swept


@app.periodic(cron="17 3 * * *", periodic_id="files")
@app.task(name="files.sweep", queueing_lock="files.sweep", lock="files.sweep", retry=2)
def sweep_nightly(timestamp: int) -> None:
    """Once a night; a sweep that is cut off is simply run again. `timestamp` is the planned moment (procrastinate)."""
    sweep_files()

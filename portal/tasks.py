"""Jobs of the worker: mails as they come, jobs of dead workers, and what is done once a night."""

import logging
from datetime import timedelta
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from portal import nightly
from portal.outgoing import hand_over

logger = logging.getLogger("portal.jobs")
#: A worker tells every ten seconds that it lives; after this many seconds without a word it is taken for dead.
SILENT_SECONDS = 60.0
#: Done jobs are kept so long to be looked at; failed ones stay until somebody has seen to them.
KEPT_HOURS = 72


@app.task(name="mail_send", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def mail_send(mail: dict[str, Any]) -> None:
    """Hand one mail to the mail server; what may pass is tried again, up to eight times over some hours."""
    hand_over(mail)


# The times are UTC: 18:10 is ten past two at night in Shanghai.
@app.periodic(cron="10 18 * * *")
@app.task(name="rows_clear", queue="nightly", queueing_lock="rows_clear", pass_context=False)
def rows_clear(timestamp: int) -> None:
    """Let go of sessions, tickets, kept forms and finished jobs that nothing needs any more."""
    logger.info("cleared: %s", nightly.clear_rows(done_before=timedelta(days=14)))


@app.periodic(cron="30 18 * * *")
@app.task(name="files_check", queue="nightly", queueing_lock="files_check", pass_context=False)
def files_check(timestamp: int) -> None:
    """Name every row whose content is gone or spoilt (what no row names is swept by committees/files)."""
    for sha256 in nightly.lost_files():
        logger.error("files: the content %s is missing or spoilt", sha256)


@app.periodic(cron="0 19 * * *")
@app.task(name="seals_check", queue="nightly", queueing_lock="seals_check", pass_context=False)
def seals_check(timestamp: int) -> None:
    """Recompute what must always hold; every row that does not is an error in the log."""
    broken = nightly.broken_rows()
    for line in broken:
        logger.error("invariants: %s", line)
    logger.info("invariants: %s rows do not hold", len(broken))


@app.periodic(cron="* * * * *", periodic_id="stalled")
@app.task(name="portal.retry_stalled", queueing_lock="portal.retry_stalled", pass_context=True)
async def retry_stalled(context: Any, timestamp: int, silent: float = SILENT_SECONDS) -> None:
    """Queue the jobs of dead workers again: every job of the house may run twice. `timestamp`: the planned moment.

    A job whose like waits already is not queued twice: it is told as failed, and the waiting one does the work.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        try:
            await manager.retry_job(job)
        except ConnectorException:
            await manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="43 2 * * *", periodic_id="done")
@app.task(name="portal.forget_done", queueing_lock="portal.forget_done", pass_context=True)
async def forget_done(context: Any, timestamp: int) -> None:
    """Delete the jobs that were done days ago: one a minute adds up. `timestamp`: the planned moment."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)

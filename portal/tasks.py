"""Jobs about jobs: those whose worker died are given to another, those long done are forgotten."""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

#: A worker tells every ten seconds that it lives; after this many seconds without a word it is taken for dead.
SILENT_SECONDS = 60.0
#: Done jobs are kept so long to be looked at; failed ones stay until somebody has seen to them.
KEPT_HOURS = 72


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

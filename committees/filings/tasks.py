"""What the job worker does for filings by itself."""

from procrastinate.contrib.django import app

from committees.filings.root_actions import close_days
from tenants.clock import database_now


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="filings.close_days", pass_context=False)
def close_days_that_are_over(timestamp: int) -> None:
    """Every hour, so that a worker which slept through midnight makes up for it."""
    close_days(at=database_now())

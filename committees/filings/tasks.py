"""What the job worker does for filings by itself."""

from procrastinate.contrib.django import app

from committees.filings.reminder_actions import remind_before_due
from committees.filings.root_actions import close_days
from tenants.clock import database_now


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="filings.close_days", pass_context=False)
def close_days_that_are_over(timestamp: int) -> None:
    """Every hour, so that a worker which slept through midnight makes up for it."""
    close_days(at=database_now())


# 1:10 UTC is ten past nine in the morning in Shanghai; the later hours make up for a worker that slept.
@app.periodic(cron="10 1-9 * * *", periodic_id="reminders")
@app.task(name="filings.remind", queueing_lock="filings.remind", pass_context=False)
def remind_of_what_is_due(timestamp: int) -> None:
    """On working days, so many working days before a return is due as its call says."""
    remind_before_due(at=database_now())

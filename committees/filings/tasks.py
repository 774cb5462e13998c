"""What the job worker does for filings by itself."""

from procrastinate.contrib.django import app

from committees.filings.approval_actions import refresh_desks
from committees.filings.duty_actions import release_schools
from committees.filings.reminder_actions import remind_before_due
from committees.filings.root_actions import close_days
from committees.filings.series_actions import address_joined_schools, open_due_calls
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


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="filings.open_due_calls", pass_context=False)
def open_calls_that_are_due(timestamp: int) -> None:
    """Every hour: the calls of series whose day has come, and the duties of schools that came or left."""
    at = database_now()
    release_schools(at=at)
    open_due_calls(at=at)
    address_joined_schools(at=at)


@app.periodic(cron="3 * * * *", periodic_id="deputies")
@app.task(name="filings.deputies", queueing_lock="filings.deputies", pass_context=False)
def refresh_desks_of_deputies(timestamp: int) -> None:
    """Whose time began or ended at midnight; every hour, so that a worker which slept makes up for it."""
    refresh_desks(at=database_now())

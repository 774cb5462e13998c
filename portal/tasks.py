"""Jobs of the worker: mails as they come, and what is done once a night."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from portal import nightly

logger = logging.getLogger("portal.jobs")


@app.task(name="mail_send", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def mail_send(mail: dict[str, Any]) -> None:
    """Hand one mail to the mail server; a refusal is tried again, up to eight times over some hours."""
    connection = get_connection(settings.MAIL_BACKEND)
    message = EmailMultiAlternatives(
        mail["subject"], mail["body"], mail["sender"], mail["to"], cc=mail["cc"], bcc=mail["bcc"], connection=connection
    )
    if mail["html"]:
        message.attach_alternative(mail["html"], "text/html")
    message.send()


# The times are UTC: 18:10 is ten past two at night in Shanghai.
@app.periodic(cron="10 18 * * *")
@app.task(name="rows_clear", queue="nightly", queueing_lock="rows_clear", pass_context=False)
def rows_clear(timestamp: int) -> None:
    """Let go of sessions, tickets, kept forms and finished jobs that nothing needs any more."""
    logger.info("cleared: %s", nightly.clear_rows(done_before=timedelta(days=14)))


@app.periodic(cron="30 18 * * *")
@app.task(name="files_sweep", queue="nightly", queueing_lock="files_sweep", pass_context=False)
def files_sweep(timestamp: int) -> None:
    """Remove contents that no row names since a day; name rows whose content is gone."""
    swept, missing = nightly.sweep_files(older_than=timedelta(days=1))
    logger.info("files: %s removed, %s bytes", len(swept.removed), swept.freed)
    for sha256 in missing:
        logger.error("files: the content %s is missing", sha256)


@app.periodic(cron="0 19 * * *")
@app.task(name="seals_check", queue="nightly", queueing_lock="seals_check", pass_context=False)
def seals_check(timestamp: int) -> None:
    """Recompute what must always hold; every row that does not is an error in the log."""
    broken = nightly.broken_rows()
    for line in broken:
        logger.error("invariants: %s", line)
    logger.info("invariants: %s rows do not hold", len(broken))

"""What the job worker does for notices by itself. Times are UTC: 0:00 is eight in the morning in Shanghai."""

from procrastinate.contrib.django import app

from committees.notices.sending import send_digests, send_posts, send_waiting
from tenants.clock import database_now


@app.periodic(cron="* * * * *", periodic_id="notices")
@app.task(name="notices.send", queueing_lock="notices.send", pass_context=False)
def notices_send(timestamp: int) -> None:
    """Every minute: what a move told one person leaves as one mail, and the committees' robots speak."""
    send_waiting(at=database_now())
    send_posts(at=database_now())


@app.periodic(cron="0 0-10 * * *", periodic_id="digests")
@app.task(name="notices.digest", queueing_lock="notices.digest", pass_context=False)
def digests_send(timestamp: int) -> None:
    """At eight on working days; the later hours make up for a worker that slept."""
    send_digests(at=database_now())

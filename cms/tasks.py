"""What the job worker does for the site."""

from procrastinate.contrib.django import app

from cms.actions.scheduling import publish_due
from tenants.clock import database_now


@app.periodic(cron="* * * * *", periodic_id="site_due")
@app.task(name="site.publish_due", queueing_lock="site.publish_due", pass_context=False)
def publish_due_pages(timestamp: int) -> None:
    """Every minute: pages whose hour has come appear, pages whose end has come go."""
    publish_due(at=database_now())

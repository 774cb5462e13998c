"""Pages appear at their hour and go at their end."""

from datetime import datetime

from wagtail.models import Page, Revision


def publish_due(*, at: datetime) -> tuple[int, int]:
    """Publish released pages that are due at `at`, and end those that are over; how many of each.

    The end first: a page that a new text keeps longer must not go for a minute.
    """
    over = [page for page in Page.objects.live().filter(expire_at__lt=at) if not _prolonged(page, at)]
    for page in over:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = list(Revision.objects.page_revisions().filter(approved_go_live_at__lte=at).order_by("approved_go_live_at"))
    for revision in due:
        revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    return len(due), len(over)


def _prolonged(page: Page, at: datetime) -> bool:
    """Whether a text that is due now ends later."""
    due = page.revisions.filter(approved_go_live_at__lte=at).order_by("-approved_go_live_at").first()
    if due is None:
        return False
    end = due.as_object().expire_at
    return end is None or end > at

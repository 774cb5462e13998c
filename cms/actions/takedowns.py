"""Taking a page down everywhere at once, and bringing it back as it was.

A page that is not live is in no list, feed, map or search (each asks for live pages; the index hears Wagtail's
`page_unpublished`), and files that only it uses are sent to nobody (cms.visibility). Nothing is kept in caches for more
than a minute.
"""

from datetime import datetime

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from cms.models.takedowns import TakeDown
from cms.rules import may_take_down
from tenants.models import User


class TakeDownRefused(PermissionError):
    """Not this person's section; the words say so."""


@transaction.atomic
def take_down(page: Page, *, reason: str, with_translations: bool = True, by: User, at: datetime) -> list[TakeDown]:
    """Take a page, all below it, and (if asked) its other languages off the site; one row of the log for each.

    Releases that wait for their hour are called off, reviews under way end. Raises TakeDownRefused.
    """
    if not (verdict := may_take_down(by, page)):
        raise TakeDownRefused(str(verdict.reason))
    pages = _with_all_below([page, *(page.get_translations() if with_translations else [])])
    return [_take_down(each, reason, by, at) for each in pages if each.live or _is_scheduled(each)]


@transaction.atomic
def bring_back(row: TakeDown, *, by: User, at: datetime) -> bool:
    """Undo: the page is live again as it was released; False when it was undone already or its text is gone."""
    row = TakeDown.objects.select_for_update().get(pk=row.pk)
    if row.undone_at or row.page is None or row.revision is None:
        return False
    if not (verdict := may_take_down(by, row.page.specific)):
        raise TakeDownRefused(str(verdict.reason))
    row.undone_by, row.undone_at = by, at
    row.save(update_fields=["undone_by", "undone_at"])
    row.revision.publish(user=by, skip_permission_checks=True)
    return True


def _with_all_below(pages: list[Page]) -> list[Page]:
    """The pages and everything below them, each once, deepest first."""
    found = {below.pk: below for page in pages for below in Page.objects.descendant_of(page, inclusive=True).specific()}
    return sorted(found.values(), key=lambda page: (-page.depth, page.path))


def _is_scheduled(page: Page) -> bool:
    return bool(Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists())


def _take_down(page: Page, reason: str, by: User, at: datetime) -> TakeDown:
    row = TakeDown.objects.create(
        page=Page(pk=page.pk), title=page.title, url_path=page.url_path, reason=reason.strip(), taken_by=by, taken_at=at,
        revision=page.live_revision or page.get_latest_revision() or page.save_revision(user=by, log_action=False),
    )  # fmt: skip
    Revision.objects.for_instance(page).update(approved_go_live_at=None)
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=by)
    if page.live:
        # `may_take_down` is the permission; Wagtail's own unpublishing is closed to everybody.
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    return row

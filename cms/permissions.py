"""What Wagtail asks before each of its moves on a page, answered by duty and section instead of the tree alone."""

from typing import Any

from wagtail.models import Page, PagePermissionTester

from cms.models.editing import Duty
from cms.rules import may_edit
from cms.standing import standing_of


class SitePermissionTester(PagePermissionTester):
    """Wagtail's answers, but: sections; nobody publishes past the three reviews; taking down has its own page.

    Where Wagtail's tree grants less, less holds: it is asked first wherever it could refuse.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.standing = standing_of(user)

    def can_edit(self) -> bool:
        """Editors of the section, authors of the page, reviewers while it is under review."""
        return bool(super().can_edit() or (not self.page_is_root and self._edits()))

    def can_publish(self) -> bool:
        """A page is published by the last of three reviews only."""
        return bool(self.user.is_superuser and super().can_publish())

    can_set_view_restrictions = can_publish

    def can_publish_subpage(self) -> bool:
        """As `can_publish`."""
        return bool(self.user.is_superuser and super().can_publish_subpage())

    def can_unpublish(self) -> bool:
        """Taking a page down is one act with a reason (cms.takedown_views), so Wagtail's own is closed."""
        return bool(self.user.is_superuser and super().can_unpublish())

    def can_unschedule(self) -> bool:
        """Whoever edits the section may call off a release that waits for its hour."""
        return bool(super().can_unschedule() or self._edits())

    def can_lock(self) -> bool:
        """Editors of the section."""
        return bool(super().can_lock() or (self.page.current_workflow_task is None and self._edits()))

    def can_unlock(self) -> bool:
        """Whoever locked it, and editors of the whole site."""
        return bool(super().can_unlock() or self.standing.writes_everywhere)

    def can_move(self) -> bool:
        """Editors of the whole site."""
        return bool(super().can_move() and (self.user.is_superuser or self.standing.writes_everywhere))

    def can_move_to(self, destination: Page) -> bool:
        """The tree allows it; a live page may move for editors of the whole site, as its text does not change."""
        if super().can_move_to(destination):
            return True
        fits = self.page.is_child_of(destination) or self.page.specific.can_move_to(destination)
        within = self.page != destination and not destination.is_descendant_of(self.page)
        return bool(self.standing.writes_everywhere and fits and within and self.can_move())

    def can_reorder_children(self) -> bool:
        """Editors of the whole site."""
        return bool(super().can_reorder_children() or self.standing.writes_everywhere)

    def _edits(self) -> bool:
        if not self.standing.has(Duty.EDIT) and not self.standing.rooms:
            return False
        return bool(may_edit(self.user, self.page))

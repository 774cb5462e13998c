"""What every page of the site shares on the editors' side: who may do what with it, and when it appears."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel

from cms.page_form import PageForm


class Reviewed:
    """Mixin of a page: it goes through three reviews, and appears and ends at its hours."""

    base_form_class = PageForm
    # Nothing behind a password: what is not public stands in the workspaces, behind the one sign-in.
    private_page_options: ClassVar[list[str]] = []
    # When a page appears and ends is the author's to propose; the last review releases it with its hours.
    settings_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("go_live_at"), FieldPanel("expire_at")], _("When it appears")),
        CommentPanel(),
    ]

    def permissions_for_user(self, user: Any) -> Any:
        """What somebody may do with the page: by duty and section (cms.permissions)."""
        from cms.permissions import SitePermissionTester  # it reads the tables

        return SitePermissionTester(user, self)

"""What Wagtail's editor shows and hides here."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.access import refresh_rights
from cms.sections import opens_section

#: Menu entries that lead to things the portal does elsewhere, or not at all.
HIDDEN = frozenset({"help"})


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def hide_entries(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's help leads to pages outside; the portal's own guide is in docs/."""
    items[:] = [item for item in items if item.name not in HIDDEN]


class ReviewMenuItem(ActionMenuItem):
    """The way from the editor to the page of review."""

    name = "review"
    label = _("Review the text")
    icon_name = "clipboard-list"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """While the text waits for a review."""
        page = context.get("page")
        return bool(page is not None and page.pk and page.current_workflow_task_state)

    def get_url(self, context: dict[str, Any]) -> str:
        """Of the page of review."""
        return reverse("site_review", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")  # type: ignore[untyped-decorator]
def offer_review() -> ActionMenuItem:
    """First in the menu: what waits goes before what could be done."""
    return ReviewMenuItem(order=5)


@hooks.register("after_create_page")  # type: ignore[untyped-decorator]
def open_section(request: HttpRequest, page: Page) -> None:
    """A new page of a section, or a new list: its writers may add there at once."""
    if opens_section(type(page)):
        refresh_rights()

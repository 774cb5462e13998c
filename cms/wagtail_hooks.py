"""What Wagtail's editor shows and hides here."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.wagtail_hooks import PageMenuItem
from wagtail.models import Page

from cms.access import refresh_rights
from cms.editor_words import name_fields
from cms.links import LivePageLinks
from cms.models import SiteDocument
from cms.rules import may_edit, may_take_down
from cms.sections import opens_section
from cms.standing import standing_of
from cms.visibility import may_see_document

name_fields()
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


class TakeDownButton(PageMenuItem):
    """Beside the page's other moves: take it down."""

    label = _("Take down")
    icon_name = "warning"
    url_name = "site_take_down"

    def is_shown(self, user: Any) -> bool:
        """For a page that is live or waits for its hour."""
        page = self.page
        return bool(page.depth > 2 and (page.live or page.approved_schedule) and may_take_down(user, page))


class WechatButton(PageMenuItem):
    """Take a live article along to WeChat."""

    label = _("Copy for WeChat")
    icon_name = "copy"
    url_name = "site_wechat"

    def is_shown(self, user: Any) -> bool:
        """For live articles of one's sections."""
        page = self.page
        return bool(page.live and page.depth > 2 and hasattr(page.specific_class, "author") and may_edit(user, page))


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]
def offer_take_down(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Any]:
    """In the editor and in the explorer."""
    yield WechatButton(page=page, priority=54)
    yield TakeDownButton(page=page, priority=55)


@hooks.register("register_page_listing_more_buttons")  # type: ignore[untyped-decorator]
def offer_take_down_in_lists(page: Page, user: Any, next_url: str | None = None) -> Iterator[Any]:
    """In every list of pages."""
    yield TakeDownButton(page=page, priority=55)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def offer_word() -> MenuItem:
    """A page from a document of Word or WPS."""
    return MenuItem(_("From a document"), reverse("site_word"), icon_name="doc-full", order=150)


class ForWholeSite(MenuItem):
    """An entry for editors of the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person edits every section."""
        return standing_of(request.user).writes_everywhere


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def offer_imports() -> MenuItem:
    """The articles of an old site."""
    return ForWholeSite(_("From an old site"), reverse("site_imports"), icon_name="download", order=151)


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def offer_take_downs() -> MenuItem:
    """The log among the reports."""
    return MenuItem(_("Taken down"), reverse("site_take_downs"), icon_name="warning", order=1000)


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def offer_views() -> MenuItem:
    """How often pages are read, among the reports."""
    return MenuItem(_("Page views"), reverse("site_views"), icon_name="view", order=1010)


@hooks.register("before_serve_document")  # type: ignore[untyped-decorator]
def keep_document(document: SiteDocument, request: HttpRequest) -> None:
    """A document of a page that is not live is sent to the newsroom only."""
    if not may_see_document(request, document):
        raise Http404


@hooks.register("register_rich_text_features", order=10)  # type: ignore[untyped-decorator]
def keep_links_to_live_pages(features: Any) -> None:
    """In place of Wagtail's own, which is registered before it."""
    features.register_link_type(LivePageLinks)


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def offer_word_on_paste() -> str:
    """Tables and pictures do not go into a paragraph: whoever pastes them is told what takes them."""
    words = _("Tables and pictures from the clipboard are not taken into a paragraph; their words are.")
    return format_html(
        '<script src="{}" data-words="{}" data-link="{}" data-href="{}"></script>',
        versioned_static("cms/paste.js"), words, _("Bring in the whole document"), reverse("site_word"),
    )  # fmt: skip

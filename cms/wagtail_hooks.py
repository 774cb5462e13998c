"""What Wagtail's editor shows and hides here."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

#: Menu entries that lead to things the portal does elsewhere, or not at all.
HIDDEN = frozenset({"help"})


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def hide_entries(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's help leads to pages outside; the portal's own guide is in docs/."""
    items[:] = [item for item in items if item.name not in HIDDEN]

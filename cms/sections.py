"""Which section a page belongs to: its own plate, or that of the nearest page above it that has one."""

from typing import Any

from wagtail.models import Page

from cms.rooms import Room


def section_of(page: Page) -> str:
    """The section (a value of Room) of a page; pages that carry no plate and stand below none are the secretariat's."""
    specific = page.specific
    if room := getattr(specific, "room", ""):
        return str(room)
    kept: str | None = getattr(page, "_section", None)
    if kept is None:
        kept = _from_above(specific) if page.path else Room.ASSOCIATION.value
        page._section = kept
    return kept


def section_roots(room: str) -> list[Page]:
    """Pages that carry a section's plate and have pages below them: there its writers may add."""
    return [page for page in _parents().specific() if getattr(page, "room", "") == room]


def mixed_lists() -> list[Page]:
    """Lists that hold pages of all sections, each with its own plate."""
    return [page for page in _parents().specific() if getattr(page, "mixes_sections", False)]


def _from_above(page: Page) -> str:
    above = page.get_ancestors().filter(depth__gte=2).order_by("-depth").specific()
    return next((str(room) for each in above if (room := getattr(each, "room", ""))), Room.ASSOCIATION.value)


def _parents() -> Any:
    from wagtail.models import get_page_models

    kinds = [kind for kind in get_page_models() if opens_section(kind)]
    return Page.objects.filter(depth__gte=2).type(*kinds) if kinds else Page.objects.none()


def opens_section(kind: type[Page]) -> bool:
    """Whether pages of this kind carry a plate above others, or mix sections."""
    return bool(getattr(kind, "mixes_sections", False) or (hasattr(kind, "room") and kind.allowed_subpage_models()))

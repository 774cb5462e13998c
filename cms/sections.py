"""Which section a page belongs to: its own plate, or that of the nearest page above it that has one."""

from typing import Any

from wagtail.models import Page

from cms.rooms import Room


def section_of(page: Page) -> str:
    """The section (a value of Room) of a page; pages that carry no plate and stand below none are the secretariat's."""
    specific = page.specific
    if plate := getattr(specific, "plate", ""):
        return str(plate)
    kept: str | None = getattr(page, "_section", None)
    if kept is None:
        kept = _from_above(specific) if page.path else Room.ASSOCIATION.value
        page._section = kept
    return kept


def section_roots(room: str) -> list[Page]:
    """Pages that carry a section's plate and have pages below them: there its writers may add."""
    return [page for page in _parents().specific() if getattr(page, "plate", "") == room]


def mixed_lists() -> list[Page]:
    """Lists that hold pages of all sections, each with its own plate."""
    return [page for page in _parents().specific() if mixes_sections(type(page))]


def _from_above(page: Page) -> str:
    above = page.get_ancestors().filter(depth__gte=2).order_by("-depth").specific()
    return next((str(plate) for each in above if (plate := getattr(each, "plate", ""))), Room.ASSOCIATION.value)


def _parents() -> Any:
    from wagtail.models import get_page_models

    kinds = [kind for kind in get_page_models() if opens_section(kind)]
    return Page.objects.filter(depth__gte=2).type(*kinds) if kinds else Page.objects.none()


def mixes_sections(kind: type[Page]) -> bool:
    """Whether pages of this kind hold pages that carry plates of their own."""
    return not hasattr(kind, "plate") and any(hasattr(below, "plate") for below in kind.allowed_subpage_models())


def opens_section(kind: type[Page]) -> bool:
    """Whether pages of this kind carry a plate above others, or mix sections."""
    return mixes_sections(kind) or (hasattr(kind, "plate") and bool(kind.allowed_subpage_models()))

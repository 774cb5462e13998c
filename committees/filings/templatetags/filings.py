"""Small reads that the templates of filings need."""

from collections.abc import Iterable

from django import template

from committees.filings.sheets import Ask

register = template.Library()


@register.filter
def for_code(asks: Iterable[Ask], code: str) -> Ask | None:
    """The doubt about one item among those of a row."""
    return next((ask for ask in asks if ask.code == code), None)

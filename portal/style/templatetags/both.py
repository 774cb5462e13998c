"""Invented words in both languages inside the example pages; the pages of the portal use translate."""

from django import template

from portal.days import language

register = template.Library()


@register.simple_tag
def both(han: str, english: str) -> str:
    """The text in the language of the page."""
    return han if language() == "zh" else english

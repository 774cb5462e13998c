"""Fills the site from a folder of texts and pictures (the demo's), through Wagtail's own doors. Safe to repeat."""

from cms.content.fill import fill_site

__all__ = ["fill_site"]

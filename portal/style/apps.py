"""The style page: every part of the design with all its states, and three pages to copy from."""

from django.apps import AppConfig


class StyleConfig(AppConfig):
    """Shows the design; has no tables."""

    name = "portal.style"
    label = "style"

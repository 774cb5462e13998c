"""The public site of the association (Wagtail)."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Pages, pictures, documents; association floor only."""

    name = "cms"

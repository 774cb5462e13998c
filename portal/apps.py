"""The frame every page sits in."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, doors, navigation, checks."""

    name = "portal"

"""The frame every page sits in."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, doors, navigation, checks."""

    name = "portal"

    def ready(self) -> None:
        """Hang the energy figures on the home page, and offer them to texts."""
        from cms.figures import offer_figures, offer_strip
        from portal.strip import ENERGY_FIGURES, energy_strip

        offer_strip(energy_strip)
        offer_figures(ENERGY_FIGURES)

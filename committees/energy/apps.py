"""The energy committee: yearly energy returns, coefficients, the bulletin."""

from django.apps import AppConfig


class EnergyConfig(AppConfig):
    """Registers the energy returns with the filing room."""

    name = "committees.energy"

    def ready(self) -> None:
        """Make the kinds known."""
        from committees.energy import filings, headlines
        from committees.filings.public_figures import offer_headlines

        filings.register()
        offer_headlines(headlines.energy_headlines)

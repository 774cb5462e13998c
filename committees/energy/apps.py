"""The energy committee: yearly energy returns, coefficients, the bulletin."""

from django.apps import AppConfig


class EnergyConfig(AppConfig):
    """Registers the energy returns with the filing room."""

    name = "committees.energy"

    def ready(self) -> None:
        """Make the kinds known."""
        from committees.energy import filings
        from committees.energy.bulletin_search import declare_bulletins
        from committees.energy.forms import ANNUAL_2025, PRIMARY_2020

        filings.register(ANNUAL_2025, PRIMARY_2020)
        declare_bulletins()

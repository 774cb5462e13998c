"""The stair between the floors: calls, duties, filings, seals, figures."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    """A committee issues a call; every school addressed prepares its answer in its own books and files it."""

    name = "committees.filings"

    def ready(self) -> None:
        """Register the two flows."""
        from committees.filings import rules

        rules.bind_flows()

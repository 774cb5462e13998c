"""The monthly check of whom to reach at each university: the smallest kind of filing."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Registers the contact check with the filing room."""

    name = "committees.contacts"

    def ready(self) -> None:
        """Make the kind known."""
        from committees.contacts import filings

        filings.register()

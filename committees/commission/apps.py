"""The education commission's pages: everything filed, and its countersignatures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CommissionConfig(AppConfig):
    """Hangs its door into the rail."""

    name = "committees.commission"

    def ready(self) -> None:
        """Doors for officers of the commission, and the flow of comments."""
        from committees.commission.rail import commission_doors
        from committees.commission.rules import bind_talk
        from tenants.frames import register_doors
        from tenants.security_words import VALUES

        bind_talk()
        VALUES["what"]["commission"] = gettext_lazy("Filed returns")
        register_doors(commission_doors)

"""The education commission's pages: everything filed, and its countersignatures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CommissionConfig(AppConfig):
    """Hangs its door into the rail."""

    name = "committees.commission"

    def ready(self) -> None:
        """For officers of the commission."""
        from committees.commission.rail import commission_doors
        from tenants.frames import register_doors
        from tenants.security_words import VALUES

        VALUES["what"]["commission"] = gettext_lazy("Filed returns")
        register_doors(commission_doors)

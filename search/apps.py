"""The search's place among the apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One index for everything that may be found."""

    name = "search"
    verbose_name = _("search")

    def ready(self) -> None:
        """A door in the rail."""
        from search.rail import search_doors
        from tenants.frames import register_doors

        register_doors(search_doors)

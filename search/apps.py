"""The search's place among the apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One index for everything that may be found."""

    name = "search"
    verbose_name = _("search")

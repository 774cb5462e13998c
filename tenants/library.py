"""django-tenants as an app, without its query at every start."""

from django_tenants.apps import DjangoTenantsConfig


class TenantsLibraryConfig(DjangoTenantsConfig):
    """The library's own start-up opens a connection to look for extensions; our set-up has already made them."""

    def ready(self) -> None:
        """Nothing to ask the database when a process starts: tests and commands must start without one."""

"""Notices: what people are told in the portal, by mail and through a committee's robots."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Everybody is told here, and nowhere else."""

    name = "committees.notices"

    def ready(self) -> None:
        """Show the secretary the door to the addresses that take no mail."""
        from committees.notices.doors import office_doors
        from tenants.frames import register_doors

        register_doors(office_doors)

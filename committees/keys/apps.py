"""Keys of a school for programs that read its filings, and the frame of the interface for programs."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """A head makes a key, a program shows it."""

    name = "committees.keys"

    def ready(self) -> None:
        """Hang the door into the rail of heads; tell the schema how a key is shown."""
        from committees.keys import schema as schema  # registers itself with drf-spectacular
        from committees.keys.models import Scope
        from committees.keys.rail import key_doors
        from tenants.frames import register_doors
        from tenants.security_words import VALUES

        VALUES.setdefault("scopes", {}).update(Scope.choices)
        register_doors(key_doors)

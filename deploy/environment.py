"""The environment that the portal's programs get: every setting named once, and nothing of the owner for the web."""

import os
from collections.abc import Mapping

from psycopg.conninfo import conninfo_to_dict

from deploy.given import Addresses
from deploy.places import Places, read_or_make

OWNER_URL = "DATABASE_OWNER_URL"
# What a person's shell says for other programs must not steer these.
DROPPED_PREFIXES = ("GRANIAN_", "PROCRASTINATE_", "DJANGO_", "PYTHON")


def base_domain() -> str:
    return os.environ.get("BASE_DOMAIN") or "portal.localhost"


def port() -> int:
    """The web's port from PORT, 8000 by default; ValueError when it is no port."""
    number = int(os.environ.get("PORT") or 8000)
    if not 0 < number < 65536:
        raise ValueError(number)
    return number


def is_dropped(name: str) -> bool:
    """libpq's own variables (PGHOST, PGUSER) are for a given server only; PG_BINARIES is a setting of ours."""
    is_libpq = name.startswith("PG") and not name.startswith("PG_")
    return name == OWNER_URL or name.startswith(DROPPED_PREFIXES) or (is_libpq and not os.environ.get("DATABASE_URL"))


def runtime_environment(places: Places, addresses: Addresses, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """For the web and the job worker: the runtime role's address, never the owner's."""
    read_or_make(places.data / "secret-key")
    kept = {name: value for name, value in os.environ.items() if not is_dropped(name)}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PORT": str(port()),
        "BASE_DOMAIN": base_domain(),
        "DATABASE_URL": addresses.runtime,
        "DATABASE_RUNTIME_ROLE": str(conninfo_to_dict(addresses.runtime)["user"]),
        "DATA_DIR": str(places.data),
        "SECRET_KEY_FILE": str(places.data / "secret-key"),
        "DEBUG": "0",
        "PYTHONUNBUFFERED": "1",
        **(extra or {}),
    }


def owner_environment(places: Places, addresses: Addresses) -> dict[str, str]:
    """For migrations and demo content: both addresses.

    Commits do not wait for the disk: a crash loses the last of them, and the next start does that work again.
    """
    extra = {OWNER_URL: addresses.owner, "PGOPTIONS": "-c synchronous_commit=off"}
    return runtime_environment(places, addresses, extra)

"""What the environment says: addresses, folders, secrets."""

import os
import secrets
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[2]


def flag(name: str, default: bool = False) -> bool:
    """True when the variable says 1, true, yes or on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def database(url: str) -> dict[str, Any]:
    """Django's settings of the one database from a PostgreSQL address (socket folders as `?host=/folder`)."""
    parts = conninfo_to_dict(url)
    extra = {key: value for key, value in parts.items() if key not in {"dbname", "user", "password", "host", "port"}}
    return {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": parts.get("dbname", "houqin"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": extra,
    }


def secret_key(folder: Path) -> str:
    """The secret of signatures: from SECRET_KEY, else from a file made once and readable by its owner only."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = Path(os.environ.get("SECRET_KEY_FILE", folder / "secret-key"))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()

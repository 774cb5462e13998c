"""A PostgreSQL server given as DATABASE_URL: what is checked before it is used, and how its runtime role is made."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from deploy.places import read_or_make, write_private
from deploy.roles import (
    Refused,
    check_is_ours,
    check_runtime_role,
    connect,
    exists,
    furnish,
    marker,
    set_marker,
)


@dataclass(frozen=True)
class Addresses:
    """The two addresses of the portal's database, in libpq's form."""

    owner: str
    runtime: str


def address(parts: dict[str, object], user: str, password: str) -> str:
    """A database address with another user, everything else kept."""
    kept = {name: str(value) for name, value in parts.items() if name not in ("user", "password")}
    host, port, database = kept.pop("host", ""), kept.pop("port", ""), kept.pop("dbname", "")
    options = {**({"host": host} if host.startswith("/") else {}), **kept}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
    place = "" if host.startswith("/") else f"[{host}]" if ":" in host else host
    port_text = f":{port}" if port else ""
    sign_in = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return f"postgresql://{sign_in}@{place}{port_text}/{quote(database, safe='')}{'?' + query if query else ''}"


def open_given(runtime_url: str, owner_url: str, password_file: Path) -> Addresses:
    """Checks and furnishes a given database; returns both addresses.

    With one address (`owner_url` empty) its user is taken as the owner, and a runtime role is made with a password kept
    in `password_file`. Raises Refused with what to give instead.
    """
    owner = owner_url or runtime_url
    try:
        with connect(owner) as database:
            check_is_ours(database)
            if not owner_url:
                runtime_url = make_runtime_role(database, runtime_url, password_file)
            role = str(conninfo_to_dict(runtime_url).get("user") or database.info.user)
            if role == database.info.user:
                raise Refused("DATABASE_URL and DATABASE_OWNER_URL name one role; the runtime role must own nothing.")
            furnish(database, database.info.user, role)
            check_runtime_role(database, role)
        with connect(runtime_url) as trial:
            trial.execute("SELECT 1")
    except psycopg.Error as error:
        raise Refused(f"The given database cannot be used: {str(error).strip()}") from error
    return Addresses(owner, runtime_url)


def make_runtime_role(database: psycopg.Connection, url: str, password_file: Path) -> str:
    """Creates `<database>_app`, or gives the one we made a known password; returns the runtime address."""
    role = f"{database.info.dbname}_app"
    row = database.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if not (row and row[0]):
        raise Refused(
            f"The role {database.info.user} of DATABASE_URL may not create roles. Either grant it CREATEROLE, "
            "or create a role for the web yourself: its address is DATABASE_URL, the owner's is DATABASE_OWNER_URL."
        )
    known = password_file.exists()
    password = read_or_make(password_file, 24)
    if not exists(database, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        set_password(database, "CREATE", role, password)
    elif marker(database, "runtime role") != role:
        raise Refused(f"The role {role} exists already and is not ours; give DATABASE_OWNER_URL as well.")
    elif not known:
        password = secrets.token_urlsafe(24)
        write_private(password_file, password)
        set_password(database, "ALTER", role, password)
    furnish(database, database.info.user, role)
    set_marker(database, "runtime role", role)
    return address(dict(conninfo_to_dict(url)), role, password)


def set_password(database: psycopg.Connection, verb: LiteralString, role: str, password: str) -> None:
    # Attributes that are off by themselves stay unnamed: even switching one off asks for having it.
    command = sql.SQL(verb + " ROLE {} LOGIN NOINHERIT PASSWORD {}")
    database.execute(command.format(sql.Identifier(role), sql.Literal(password)))

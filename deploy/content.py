"""Brings the database to this code: restored from the cache, or migrated and filled, or left alone when it is there."""

import sys
from collections.abc import Sequence
from pathlib import Path

from deploy import cache, commands, database
from deploy.database import Opened, open_database
from deploy.environment import base_domain, owner_environment, port
from deploy.places import Places
from deploy.postgres import Cluster, StartFailed
from deploy.progress import Progress, fail
from deploy.roles import DATABASE, Refused, connect, has_database, marker


def accounts_file(places: Places, key: str) -> Path:
    """Where the demo's accounts stand, so that a later start need not ask Django for them; addresses name the port."""
    return places.cache / f"{key}.{base_domain()}-{port()}.accounts.json"


def obtain(cluster: Cluster | None, places: Places, progress: Progress) -> bool:
    """Makes the embedded database where it is missing; True when it is new and empty. A given one (None) is there."""
    if cluster is None:
        return False
    if has_database(cluster.superuser_url(), DATABASE):
        if not is_half_filled(cluster):
            return False
        # Nobody has seen it yet, and half of the content would never become whole.
        cluster.drop_database(DATABASE)
    if cache.restore(cluster, DATABASE, places, cache.content_key(places.clone)):
        progress.say("database: restored from the cache")
        return False
    cluster.create_database(DATABASE)
    return True


def is_half_filled(cluster: Cluster) -> bool:
    """True when the first filling of the database was begun and never finished."""
    with connect(cluster.superuser_url(DATABASE)) as connection:
        return marker(connection, "filling") is not None and marker(connection, "content") is None


def bring_up_to_date(opened: Opened, places: Places, progress: Progress, *, force: bool = False) -> None:
    """Makes the database hold this code's tables and demo content; `force` does so even when it is noted as done.

    A person's own rows stay: both commands only add what is missing. Raises `commands.Failed`.
    """
    key = cache.content_key(places.clone)
    accounts = accounts_file(places, key)
    listing = ("demo_accounts", "--json", ">", str(accounts))
    if database.content_key(opened.addresses) == key and not force:
        if not accounts.exists():  # another port or base domain: the site's own row follows, too
            run(opened, places, ("seed_site",), listing)
        return
    run(opened, places, ("upgrade",))
    database.note(opened.addresses, "filling", key)
    # A start of its own: the content is written by the runtime role, as everything later is.
    run(opened, places, ("seed_demo",), listing)
    database.note(opened.addresses, "content", key)
    progress.say("database: ready")


def run(opened: Opened, places: Places, *names: Sequence[str]) -> None:
    """Runs management commands in one start of Django; manage.py knows which of them need the owner."""
    log = places.logs / "setup.log"
    command = commands.in_django(places.clone, log, *names)
    commands.run(command, owner_environment(places, opened.addresses), places.clone, log)


def main() -> int:
    """`make seed`: adds what is missing of tables and demo content, whatever is noted as done."""
    places, progress = Places.here(), Progress()
    try:
        places.make()
        opened = open_database(places)
        try:
            obtain(opened.cluster, places, progress)
            bring_up_to_date(opened, places, progress, force=True)
        finally:
            opened.close()
    except (Refused, StartFailed, PermissionError, commands.Failed) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

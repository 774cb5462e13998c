"""Which database this run uses: the one a person gave, or the embedded one of the quick start."""

import os
from dataclasses import dataclass

from deploy import roles
from deploy.given import Addresses, open_given
from deploy.places import Places
from deploy.postgres import Cluster, demo_cluster
from deploy.restoring import refuse_half
from deploy.roles import DATABASE


@dataclass(frozen=True)
class Opened:
    """A database server that answers; `cluster` is None for a given one, `started` tells whether we started ours."""

    addresses: Addresses
    cluster: Cluster | None
    started: bool

    @property
    def state(self) -> str:
        """Where the server came from, for the person who waits."""
        if self.cluster is None:
            return "the given server answers"
        return "server started" if self.started else "server found running"

    def close(self) -> None:
        """Stops the server if this run started it."""
        if self.cluster and self.started:
            self.cluster.stop()


def is_given() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def embedded_addresses(cluster: Cluster) -> Addresses:
    return Addresses(cluster.owner_url(DATABASE), cluster.app_url(DATABASE))


def open_database(places: Places) -> Opened:
    """Starts or checks the database server. The embedded database itself may still be missing (see `deploy.content`).

    Raises Refused, StartFailed.
    """
    if is_given():
        refuse_half(places, None)
        url, owner = os.environ["DATABASE_URL"], os.environ.get("DATABASE_OWNER_URL", "")
        return Opened(open_given(url, owner, places.data / "runtime-password"), None, False)
    cluster = demo_cluster(places)
    started = cluster.start()
    try:
        refuse_half(places, cluster)
    except roles.Refused:
        if started:
            cluster.stop()
        raise
    return Opened(embedded_addresses(cluster), cluster, started)


def content_key(addresses: Addresses) -> str | None:
    """The key of the content the database holds completely; None when it is not finished."""
    with roles.connect(addresses.owner) as database:
        return roles.marker(database, "content")


def note(addresses: Addresses, name: str, key: str) -> None:
    """Notes in the database itself how far it is: `filling` when the content of `key` is begun, `content` when done."""
    with roles.connect(addresses.owner) as database:
        roles.set_marker(database, name, key)

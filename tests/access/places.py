"""Objects behind addresses with parameters: for each such route one that exists, and one that is foreign.

    @place("filing_card", host="school")
    def _(cast: Cast) -> Place:
        own, other = make_filing(cast.school_a), make_filing(cast.school_b)
        return Place(own={"public_id": own.public_id}, foreign={"public_id": other.public_id})

`foreign` exists but belongs to somebody else: asked for it, everyone in `foreign_to` gets the very answer of an address
that never existed. Where nothing can be foreign (a public card), `no_foreign` says why. `data` is what a POST sends.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.matrix import ACTORS
from tests.ground.cast import Cast

_UNKNOWN = {"UUIDConverter": "00000000-0000-4000-8000-00000000dead", "IntConverter": 2_147_483_000}


@dataclass(frozen=True)
class Place:
    """What stands at an address."""

    own: dict[str, Any] = field(default_factory=dict)
    foreign: dict[str, Any] | None = None
    foreign_to: tuple[str, ...] = ACTORS
    no_foreign: str = ""
    unknown: dict[str, Any] | None = None
    data: dict[str, Any] = field(default_factory=dict)
    #: Where an address cannot be made from its name (Wagtail's pages).
    path: str = ""


Provider = Callable[[Cast], Place]
_providers: dict[tuple[str, str], Provider] = {}


def place(route: str, host: str = "association") -> Callable[[Provider], Provider]:
    """Register the provider of a route."""

    def register(provider: Provider) -> Provider:
        _providers[host, route] = provider
        return provider

    return register


def place_of(route: str, host: str, cast: Cast) -> Place | None:
    """What stands at a route; None when nobody provides it."""
    provider = _providers.get((host, route))
    return provider(cast) if provider else None


def provided() -> set[tuple[str, str]]:
    """Hosts and routes that have a provider."""
    return set(_providers)


def unknown(parameters: dict[str, str], place: Place) -> dict[str, Any]:
    """Parameters of the same form as the foreign object's, which lead nowhere; shared ones (a folder) stay."""
    if place.unknown is not None:
        return place.unknown
    shared = {name for name, value in (place.foreign or {}).items() if place.own.get(name) == value}
    made = {name: _UNKNOWN.get(kind, "zz-unknown") for name, kind in parameters.items()}
    return {name: place.own[name] if name in shared else value for name, value in made.items()}

"""The judgements of the matrix, as functions that give faults in words (so that they can be tried on a sample)."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import Any
from urllib.parse import quote

from django.db import transaction

from tests.access.asking import ask, face, path_of, without_rendering
from tests.access.doors import door_of, is_public, set_view, without_door
from tests.access.matrix import ACTORS, REFUSED, Row, outcome_of
from tests.access.places import Place, place_of, unknown
from tests.access.routes import Include, Route, is_own, walk
from tests.ground.cast import Cast

HOSTS = ("association", "school")
METHODS = ("GET", "POST")


class _Back(Exception):
    """Rolls back what one request did."""


def all_routes() -> list[Route | Include]:
    """Everything that has an address."""
    return [item for host in HOSTS for item in walk(host)]


def uncovered(rows: Iterable[Row], routes: Iterable[Route | Include]) -> Iterator[str]:
    """Routes without a row, rows without a route, own views without a door."""
    known, real = {(row.host, row.route) for row in rows}, set()
    for item in routes:
        real.add((item.host, item.name))
        if (item.host, item.name) not in known:
            yield f"no row in tests/access/matrix.csv: {item.host},{item.name}"
        if isinstance(item, Route) and is_own(item) and door_of(item.callback) is None:
            yield f"no door on the view of {item.host},{item.name} (tenants/doors.py)"
    for key in sorted(known - real):
        yield f"a row without a route: {key[0]},{key[1]}"


def misjudged(
    row: Row, item: Route | Include, cast: Cast, place: Place | None = None, actors: Iterable[str] = ACTORS
) -> Iterator[str]:
    """Actors who get something else than the row says."""
    differing: dict[tuple[str, str], list[str]] = {}
    place = place or place_at(item, cast)
    shown: set[str] = set()
    for actor in actors:
        expected = row.outcomes[actor]
        # One whole page for each word; the others are asked for their status.
        with nullcontext() if expected not in shown else without_rendering():
            seen = outcome(row, item, actor, cast, place)
        shown.add(expected)
        if seen != row.outcomes[actor]:
            differing.setdefault((seen, row.outcomes[actor]), []).append(actor)
    for (seen, expected), who in differing.items():
        yield f"{row.host},{row.route},{row.method}: {seen} instead of {expected} for {', '.join(who)}"


def outcome(row: Row, item: Route | Include, actor: str, cast: Cast, place: Place) -> str:
    """What one actor gets; whatever the request changed is rolled back. An exception is an outcome of its own."""
    seen = ""
    try:
        with transaction.atomic():
            try:
                if isinstance(item, Include):
                    answer = ask(item.host, item.prefix, row.method, actor, cast)
                else:
                    data = place.data if row.method == "POST" else {}
                    answer = ask(item.host, path_of(item, place.own, place.path), row.method, actor, cast, data)
                seen = outcome_of(answer)
            except Exception as error:
                if isinstance(error, AssertionError):
                    raise
                seen = f"{type(error).__name__}: {error}"
            raise _Back
    except _Back:
        pass
    return seen


def unlisted_methods(rows: Iterable[Row], route: Route, cast: Cast, place: Place | None = None) -> Iterator[str]:
    """Methods without a row that a view answers all the same."""
    listed = {row.method for row in rows if (row.host, row.route) == (route.host, route.name)}
    place = place or place_at(route, cast)
    for method in sorted(set(METHODS) - listed):
        row = Row(route.host, route.name, method, {})
        for actor in ACTORS:
            with without_rendering():
                seen = outcome(row, route, actor, cast, place)
            if seen not in {*REFUSED, "405", "400"}:
                yield f"{route.host},{route.name}: {actor} got {seen} for {method}, which has no row"


def told_apart(route: Route, cast: Cast) -> Iterator[str]:
    """Actors for whom a foreign id answers otherwise than an unknown one."""
    place = place_at(route, cast)
    if place.foreign is None:
        if not place.no_foreign:
            yield f"{route.host},{route.name}: the place has no foreign object and does not say why"
        return
    nowhere = unknown(route.parameters, place)
    ids = [str(value) for value in [*place.foreign.values(), *nowhere.values()]]
    words = [*ids, *(quote(one) for one in ids if quote(one) != one)]
    for actor in place.foreign_to:
        for method in METHODS:
            faces = [_face(route, given, method, actor, cast, words, place) for given in (place.foreign, nowhere)]
            if faces[0] != faces[1]:
                what = f"{method}: {actor} can tell a foreign id from an unknown one: {_difference(*faces)}"
                yield f"{route.host},{route.name},{what}"


def without_effect(rows: Iterable[Row], route: Route, cast: Cast, place: Place | None = None) -> Iterator[str]:
    """A door that can be taken off without a row failing: either the rule or the matrix is empty."""
    door = door_of(route.callback)
    if door is None or is_public(door):  # without a door: `uncovered` says so
        return
    own = [row for row in rows if (row.host, row.route) == (route.host, route.name)]
    place = place or place_at(route, cast)
    before = set_view(route.pattern, without_door(route.callback))
    try:
        felt = any(_opened(row, route, cast, place) for row in own)
    finally:
        set_view(route.pattern, before)
    if not felt:
        yield f"{route.host},{route.name}: no row fails when the rule is taken off the view"


def _opened(row: Row, route: Route, cast: Cast, place: Place) -> bool:
    refused = [actor for actor, expected in row.outcomes.items() if expected in REFUSED]
    with without_rendering():
        return any(outcome(row, route, actor, cast, place) != row.outcomes[actor] for actor in refused)


def place_at(route: Route | Include, cast: Cast) -> Place:
    """What stands at the address; made once for several judgements, as each request on it is rolled back."""
    if isinstance(route, Include):
        return Place()
    found = place_of(route.name, route.host, cast)
    if found is None and route.parameters:
        raise AssertionError(f"no place in tests/access/places.py for {route.host},{route.name} {route.parameters}")
    return found or Place()


def _face(
    route: Route, parameters: dict[str, Any], method: str, actor: str, cast: Cast, words: list[str], place: Place
) -> Any:
    data = place.data if method == "POST" else {}
    return face(ask(route.host, path_of(route, parameters), method, actor, cast, data), words)


def _difference(first: Any, second: Any) -> str:
    if first[0] != second[0]:
        return f"status {first[0]} and {second[0]}"
    if first[1] != second[1]:
        return f"headers {sorted(set(first[1].items()) ^ set(second[1].items()))}"
    return "the body"

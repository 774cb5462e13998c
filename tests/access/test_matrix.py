"""Every own route x method x actor gets what the matrix says; no route without a row; no rule without effect."""

import pytest

from tests.access import judging, matrix, rooms
from tests.access.routes import Include, Route, is_own

rooms.load()
ROWS = matrix.read()
ITEMS = {(item.host, item.name): item for item in judging.all_routes()}
OWN = [item for item in ITEMS.values() if isinstance(item, Route) and is_own(item)]
#: Rows of what is not ours: included, or answered by others.
FOREIGN_ROWS = [row for row in ROWS if (item := ITEMS.get((row.host, row.route))) is not None and item not in OWN]


def _named(item: Route | Include | matrix.Row) -> str:
    return ",".join(item.key) if isinstance(item, matrix.Row) else f"{item.host},{item.name}"


def test_every_route_has_a_row_and_a_door():
    assert not list(judging.uncovered(ROWS, ITEMS.values()))


@pytest.mark.parametrize("row", FOREIGN_ROWS, ids=_named)
def test_everyone_gets_what_the_matrix_says_where_others_answer(row, cast):
    faults = list(judging.misjudged(row, ITEMS[row.host, row.route], cast))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", OWN, ids=_named)
def test_everyone_gets_what_the_matrix_says(route, cast):
    """By its rows and by no other method; and taking the rule off makes a row fail. One place for all: it costs most."""
    place = judging.place_at(route, cast)
    faults = [
        *(fault for row in ROWS if (row.host, row.route) == (route.host, route.name)
          for fault in judging.misjudged(row, route, cast, place)),
        *judging.unlisted_methods(ROWS, route, cast, place),
        *judging.without_effect(ROWS, route, cast, place),
    ]  # fmt: skip
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", [route for route in OWN if route.parameters], ids=_named)
def test_a_foreign_id_answers_like_an_unknown_one(route, cast):
    assert not list(judging.told_apart(route, cast))

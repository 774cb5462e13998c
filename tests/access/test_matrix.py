"""Every own route x method x actor gets what the matrix says; no route without a row; no rule without effect."""

import pytest

from tests.access import judging, matrix, rooms
from tests.access.routes import Include, Route, is_own

rooms.load()
ROWS = matrix.read()
ITEMS = {(item.host, item.name): item for item in judging.all_routes()}
OWN = [item for item in ITEMS.values() if isinstance(item, Route) and is_own(item)]
JUDGED = [row for row in ROWS if (row.host, row.route) in ITEMS]


def _named(item: Route | Include | matrix.Row) -> str:
    return ",".join(item.key) if isinstance(item, matrix.Row) else f"{item.host},{item.name}"


def test_every_route_has_a_row_and_a_door():
    assert not list(judging.uncovered(ROWS, ITEMS.values()))


@pytest.mark.parametrize("row", JUDGED, ids=_named)
def test_everyone_gets_what_the_matrix_says(row, cast):
    faults = list(judging.misjudged(row, ITEMS[row.host, row.route], cast))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", OWN, ids=_named)
def test_methods_without_a_row_are_refused(route, cast):
    assert not list(judging.unlisted_methods(ROWS, route, cast))


@pytest.mark.parametrize("route", [route for route in OWN if route.parameters], ids=_named)
def test_a_foreign_id_answers_like_an_unknown_one(route, cast):
    assert not list(judging.told_apart(route, cast))


@pytest.mark.parametrize("route", OWN, ids=_named)
def test_taking_the_rule_off_makes_a_row_fail(route, cast):
    assert not list(judging.without_effect(ROWS, route, cast))

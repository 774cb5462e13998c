"""Charts and tables of bulletins in texts: they follow what counts, keep to the disclosure, and say when they cannot."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.energy.bulletin import read_head
from committees.energy.calls import published_call
from committees.filings import call_actions
from committees.filings.models import Disclosure
from committees.filings.slugs import slug_of
from portal.bulletin_pieces import piece_choices, read_piece
from tests.committees.filings.committee.ground import bring, later, make_call, more_schools
from tests.committees.filings.public.test_bulletin import accepted

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]


@pytest.fixture
def schools(cast):
    return [cast.school_a, cast.school_b, *more_schools(1)]


def key(call, what):
    return f"{slug_of(call.number)}/{what}"


def test_an_editor_chooses_by_bulletin_what_its_call_discloses(cast, schools):
    named = accepted(cast, schools)
    totals = accepted(cast, schools, period="2024", disclosure=Disclosure.TOTALS)
    groups = dict(piece_choices())
    assert [name[:4] for name in groups] == ["2025", "2024"]
    keys = [[one for one, _name in own] for own in groups.values()]
    assert key(named, "ranking") in keys[0]
    assert key(totals, "ranking") not in keys[1]
    assert key(totals, "table") in keys[1]
    assert all(read_piece(one) for own in keys for one in own)


def test_a_piece_follows_the_next_acceptance_and_says_its_day(cast, schools):
    call = make_call(cast, schools)
    bring(cast, call, schools[0], "accepted", electricity_buildings=1000)
    before = read_piece(key(call, "ranking"))
    bring(cast, call, schools[1], "accepted", at=later(days=1), electricity_buildings=9000)
    now = read_piece(key(call, "ranking"))
    assert (len(before.rows), len(now.rows)) == (1, 2)
    assert now.as_of > before.as_of
    assert now.average == read_head(published_call(slug_of(call.number))).average
    assert "还在收数" in now.note
    assert [row.name for row in now.rows] == [schools[0].name_zh, schools[1].name_zh]
    table = read_piece(key(call, "table"))
    assert all(isinstance(row.value, Decimal) for row in table.rows)
    assert read_piece(key(call, "mix")).shares


def test_without_names_a_piece_names_nobody(cast, schools):
    call = accepted(cast, schools, disclosure=Disclosure.ANONYMOUS)
    rows = read_piece(key(call, "ranking")).rows
    assert [(row.name, row.href) for row in rows] == [("1", ""), ("2", ""), ("3", "")]
    totals = accepted(cast, schools, period="2024", disclosure=Disclosure.TOTALS)
    piece = read_piece(key(totals, "ranking"))
    assert piece.rows == []
    assert "合计" in piece.note


def test_too_few_are_held_back_and_a_withdrawn_call_is_gone(cast, schools):
    few = accepted(cast, schools[:2], disclosure=Disclosure.TOTALS)
    for what in ("table", "mix", "ranking"):
        piece = read_piece(key(few, what))
        assert (list(piece.rows), bool(piece.note)) == ([], True)
    call_actions.cancel_call(call=few, reason="撤销", by=cast["officer"], at=later(days=2))
    assert read_piece(key(few, "table")) is None
    for odd in ("", "x", key(few, "nonsense"), key(few, "trend:nonsense"), "能备-2025-9999/table"):
        assert read_piece(odd) is None


def test_choices_cost_the_same_with_one_bulletin_and_three(cast, schools):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            list(piece_choices())
        return len(captured)

    accepted(cast, schools[:1])
    assert cost() == 1
    for period in ("2023", "2024"):
        accepted(cast, schools[:1], period=period)
    assert cost() == 1

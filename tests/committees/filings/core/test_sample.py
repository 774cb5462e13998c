"""Accepting what raises no doubt: the draw can be repeated, the drawn are checked by item first, each has its own move."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.filings import actions, checking_actions
from committees.filings.clear_filings import drawn_now, sample_of, sorted_filings
from committees.filings.drawing import digest_of, draw, size_of
from committees.filings.invariants import broken_invariants
from committees.filings.models import Draw, Filing, ItemCheck
from committees.workflow.advance import MoveRefused
from committees.workflow.models import Trail
from tests.committees.filings.core.ground import AT, Case
from tests.committees.filings.sealed.ground import OtherCast

NEXT = AT + timedelta(days=2)


@pytest.fixture
def both(case: Case) -> Case:
    """Both schools' filings wait, without doubts."""
    case.file()
    rows = case.call.filings.select_related("school", "call__committee", "call__form", "duty")
    Case(OtherCast(case.cast), case.call, rows.get(school=case.cast.school_b)).file()  # type: ignore[arg-type]
    return case


def drawn_filing(case: Case, made: Draw) -> Filing:
    rows = case.call.filings.select_related("latest__form", "call__committee", "school")
    return rows.get(latest__seal=made.drawn[0])


def draw_now(case: Case) -> Draw:
    return checking_actions.draw_sample(call=case.call, percent=Decimal(5), by=case.cast["officer"], at=NEXT)


def check(case: Case, made: Draw) -> ItemCheck:
    filing = drawn_filing(case, made)
    codes = [item.code for item in filing.call.form.form().indicators()]
    return checking_actions.check_items(filing=filing, draw_of=made, items=codes, by=case.cast["officer"], at=NEXT)


@given(st.lists(st.text("0123456789abcdef", min_size=4, max_size=64), unique=True, max_size=60), st.text(max_size=20),
       st.decimals(5, 100, places=2))  # fmt: skip
def test_a_draw_is_a_fixed_part_of_its_population(seals: list[str], seed: str, percent: Decimal):
    found = draw(seals, seed, percent)
    assert found == draw(reversed(seals), seed, percent)  # the order of the list decides nothing
    assert set(found) <= set(seals)
    assert len(found) == len(set(found)) == size_of(len(seals), percent)
    assert 100 * len(found) >= percent * len(seals)
    assert bool(found) == bool(seals)


def test_the_sample_is_checked_before_anything_is_accepted_with_it(both: Case):
    made = draw_now(both)
    assert len(made.population) == 2
    assert len(made.drawn) == 1
    with pytest.raises(MoveRefused):
        checking_actions.accept_sampled(call=both.call, by=both.cast["officer"], at=NEXT)
    assert not Trail.objects.filter(move="accept").exists()
    filing = drawn_filing(both, made)
    with pytest.raises(MoveRefused):
        checking_actions.check_items(
            filing=filing, draw_of=made, items=["new_energy"], by=both.cast["officer"], at=NEXT
        )
    with pytest.raises(MoveRefused):
        checking_actions.check_items(
            filing=filing, draw_of=made, items=["new_energy"], by=both.cast["clerk_a"], at=NEXT
        )
    assert drawn_now(filing) == made
    check(both, made)
    assert drawn_now(filing) is None
    outcomes = checking_actions.accept_sampled(call=both.call, by=both.cast["officer"], at=NEXT + timedelta(hours=1))
    assert [one.refused for one in outcomes] == ["", ""]
    trails = Trail.objects.filter(move="accept")
    assert {trail.facts["draw"] for trail in trails} == {made.digest}
    assert trails.count() == 2
    assert both.call.filings.filter(state="accepted").count() == 2
    assert not list(broken_invariants())


def test_no_second_draw_until_the_first_is_used(both: Case):
    draw_now(both)
    with pytest.raises(MoveRefused):
        draw_now(both)
    with pytest.raises(MoveRefused):
        checking_actions.draw_sample(call=both.call, percent=Decimal(4), by=both.cast["officer"], at=NEXT)


def test_an_objection_asks_for_a_reason_and_what_was_noted_is_left_out(both: Case):
    made = draw_now(both)
    filing = drawn_filing(both, made)
    actions.return_items(filing=filing, items={"new_energy": "?"}, by=both.cast["officer"], at=NEXT)
    with pytest.raises(MoveRefused):
        checking_actions.accept_sampled(call=both.call, by=both.cast["officer"], at=NEXT)
    sample = sample_of(both.call)
    assert sample is not None
    assert (sample.unchecked, sample.objections) == (0, 1)
    other = sample.waiting[0]
    rows = Filing.objects.select_related("school", "call__committee", "latest")
    checking_actions.keep_notes(
        filing=rows.get(pk=other.pk), notes={"new_energy": "看一下"}, by=both.cast["officer"], at=NEXT
    )
    assert not sorted_filings(both.call).clear
    outcomes = checking_actions.accept_sampled(call=both.call, by=both.cast["officer"], at=NEXT, why="只是漏填")
    assert outcomes[0].refused
    assert not Trail.objects.filter(move="accept").exists()


def test_what_rests_on_an_unchecked_draw_is_found(both: Case):
    """Acceptances that name a draw without its check, a draw of other seals than its seed draws, one of too few."""
    made = draw_now(both)
    filing = drawn_filing(both, made)
    actions.accept(filing=filing, facts={"draw": made.digest}, by=both.cast["officer"], at=NEXT)
    assert any("without having been checked" in line for line in broken_invariants())
    others = [seal for _number, seal in made.population if seal not in made.drawn]
    values = {
        "call": made.call,
        "seed": made.seed,
        "percent": made.percent,
        "population": made.population,
        "by": made.by,
    }
    Draw.objects.create(
        **values, drawn=others, at=NEXT,
        digest=digest_of(both.call.number, made.seed, made.percent, made.population, others, made.by_id, NEXT),
    )  # fmt: skip
    Draw.objects.create(**values, drawn=made.drawn, at=NEXT, digest="0" * 64)
    found = list(broken_invariants())
    assert any("draws others" in line for line in found)
    assert any("was changed" in line for line in found)


def test_the_page_costs_the_same_for_any_number(both: Case, django_assert_num_queries):
    assert both.call.form.code  # read beforehand
    Filing.objects.filter(call=both.call, school=both.cast.school_b).update(state="returned")
    with django_assert_num_queries(5):
        sorted_filings(both.call)
    Filing.objects.filter(call=both.call, school=both.cast.school_b).update(state="filed")
    with django_assert_num_queries(5):
        sorted_filings(both.call)

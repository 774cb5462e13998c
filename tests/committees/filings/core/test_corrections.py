"""Correction after acceptance: asked, opened, filed anew, accepted; the old figure counts until then and is kept for good."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.filings import actions
from committees.filings import correction_actions as corrections
from committees.filings.drafts import answer_in
from committees.filings.invariants import broken_invariants
from committees.filings.models import Figure, Filing, FilingVersion, RollUp
from committees.filings.queries import questions_of
from committees.workflow.advance import MoveRefused
from committees.workflow.models import Trail
from tenants.context import school_scope
from tests.committees.filings.core.ground import AT, VALUES, Case
from tests.committees.filings.sealed.ground import OtherCast

NEXT = AT + timedelta(days=5)


@pytest.fixture
def accepted(case: Case) -> Case:
    """Both schools' filings accepted."""
    case.file()
    actions.accept(filing=case.filing, by=case.cast["officer"], at=AT + timedelta(days=1))
    other = case.call.filings.select_related("school", "call__committee", "call__form", "duty").get(
        school=case.cast.school_b
    )
    Case(OtherCast(case.cast), case.call, other).file()  # type: ignore[arg-type]
    actions.accept(filing=other, by=case.cast["officer"], at=AT + timedelta(days=1))
    return case


def open_it(case: Case) -> None:
    with school_scope(case.filing.school):
        corrections.ask_correction(filing=case.filing, reason="电表倍率填错", by=case.cast["clerk_a"], at=NEXT)
    corrections.grant_correction(filing=case.filing, by=case.cast["officer"], at=NEXT)


def refile(case: Case, values: dict[str, Decimal]) -> None:
    with school_scope(case.filing.school):
        case.write(values, NEXT)
    case.send(NEXT)


def total(case: Case, code: str = "electricity_buildings") -> Decimal:
    return RollUp.objects.get(call=case.call, indicator=code).total


def independent(case: Case, code: str = "electricity_buildings") -> Decimal:
    """The sum from the payloads themselves."""
    import json

    counted = Filing.objects.filter(call=case.call, counted__isnull=False).select_related("counted")
    entries = (json.loads(filing.counted.payload)["entries"][code]["value"] for filing in counted if filing.counted)
    return sum((Decimal(value) for value in entries if value is not None), Decimal(0))


@pytest.mark.requirement("S9-33")
def test_the_old_figure_counts_until_the_new_one_is_accepted_and_is_kept(accepted: Case):
    before, old = total(accepted), VALUES["electricity_buildings"]
    open_it(accepted)
    assert accepted.filing.state == "started"
    refile(accepted, {"electricity_buildings": old + 7})
    assert total(accepted) == before == independent(accepted)
    trail = actions.accept(filing=accepted.filing, by=accepted.cast["officer"], at=NEXT + timedelta(days=1))
    assert total(accepted) == before + 7 == independent(accepted)
    assert trail.facts["replaces"] == 1
    assert trail.facts["figures"]["electricity_buildings"] == [str(old), str(old + 7)]
    assert [Decimal(each or 0) for each in trail.facts["sums"]["electricity_buildings"]] == [before, before + 7]
    first = FilingVersion.objects.get(filing=accepted.filing, version=1)
    assert Figure.objects.get(filing_version=first, indicator="electricity_buildings").value == old
    assert not list(broken_invariants())


def test_a_request_is_declined_or_taken_back(accepted: Case):
    school = accepted.filing.school
    with school_scope(school):
        with pytest.raises(MoveRefused):
            corrections.ask_correction(filing=accepted.filing, reason=" ", by=accepted.cast["clerk_a"], at=NEXT)
        corrections.ask_correction(filing=accepted.filing, reason="错", by=accepted.cast["clerk_a"], at=NEXT)
        corrections.unask_correction(filing=accepted.filing, by=accepted.cast["clerk_a"], at=NEXT)
        corrections.ask_correction(filing=accepted.filing, reason="错", by=accepted.cast["clerk_a"], at=NEXT)
    corrections.deny_correction(filing=accepted.filing, reason="数据无误", by=accepted.cast["officer"], at=NEXT)
    assert accepted.filing.state == "accepted"
    assert not list(broken_invariants())


def test_a_dropped_correction_leaves_the_draft_as_it_counts(accepted: Case):
    open_it(accepted)
    with school_scope(accepted.filing.school):
        accepted.write({"electricity_buildings": Decimal(1)}, NEXT)
        corrections.drop_correction(filing=accepted.filing, by=accepted.cast["clerk_a"], at=NEXT)
    open_it(accepted)
    refile(accepted, {"new_energy": Decimal(3)})
    version = FilingVersion.objects.get(filing=accepted.filing, version=2)
    assert answer_in(version, version.form.form()).value("electricity_buildings") == VALUES["electricity_buildings"]


def test_a_corrected_version_that_is_not_accepted_leaves_what_counts(accepted: Case):
    before = total(accepted)
    open_it(accepted)
    refile(accepted, {"electricity_buildings": Decimal(5)})
    with pytest.raises(MoveRefused):
        actions.refuse(filing=accepted.filing, reason="不行", by=accepted.cast["officer"], at=NEXT)
    corrections.keep_old(filing=accepted.filing, reason="无依据", by=accepted.cast["officer"], at=NEXT)
    assert accepted.filing.state == "accepted"
    assert accepted.filing.counted.version == 1
    assert total(accepted) == before
    assert not list(broken_invariants())


def test_the_committee_asks_and_the_school_cannot_drop_it(accepted: Case):
    with pytest.raises(MoveRefused):
        corrections.order_correction(filing=accepted.filing, items={}, by=accepted.cast["officer"], at=NEXT)
    corrections.order_correction(
        filing=accepted.filing, items={"new_energy": "光伏未计入"}, by=accepted.cast["officer"], at=NEXT
    )
    assert questions_of(accepted.filing) == {"new_energy": "光伏未计入"}
    with school_scope(accepted.filing.school):
        actions.answer(filing=accepted.filing, by=accepted.cast["clerk_a"], at=NEXT)
        with pytest.raises(MoveRefused):
            corrections.drop_correction(filing=accepted.filing, by=accepted.cast["clerk_a"], at=NEXT)
    refile(accepted, {"new_energy": Decimal(9)})
    actions.accept(filing=accepted.filing, by=accepted.cast["officer"], at=NEXT)
    assert accepted.filing.counted.version == 2
    assert not list(broken_invariants())


def test_an_indicator_that_a_correction_empties_leaves_the_sums(accepted: Case):
    """Where nobody has a value any more, no sum stays behind."""
    from committees.filings.figures import roll_up

    RollUp.objects.create(call=accepted.call, indicator="gone", unit="t", total=1, schools=1, rolled_at=NEXT)
    roll_up(accepted.call, NEXT)
    assert not RollUp.objects.filter(indicator="gone").exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.decimals(0, 10**9, places=2), st.booleans()), min_size=1, max_size=3))
def test_the_sum_is_always_that_of_the_payloads_that_count(case: Case, steps: list[tuple[Decimal, bool]]):
    """Any chain of corrections, accepted or not: Decimal for Decimal the independent sum, and nothing is broken."""
    from django.db import transaction

    with transaction.atomic():
        case.filing.refresh_from_db()
        case.file()
        actions.accept(filing=case.filing, by=case.cast["officer"], at=AT + timedelta(days=1))
        counted = VALUES["electricity_buildings"]
        for value, taken in steps:
            open_it(case)
            refile(case, {"electricity_buildings": value})
            assert total(case) == counted == independent(case)
            if taken:
                actions.accept(filing=case.filing, by=case.cast["officer"], at=NEXT)
                counted = value
            else:
                corrections.keep_old(filing=case.filing, reason="否", by=case.cast["officer"], at=NEXT)
                with school_scope(case.filing.school):
                    pass
            assert total(case) == counted == independent(case)
        replaced = [t.facts["replaces"] for t in Trail.objects.filter(move="accept") if "replaces" in t.facts]
        assert len(replaced) == sum(taken for _value, taken in steps)
        assert not list(broken_invariants())
        transaction.set_rollback(True)
    case.filing.refresh_from_db()

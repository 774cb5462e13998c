"""A few races on the single door in every run; tests/prove/races has them in number, between processes."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from committees.files.inspection import inspect_upload
from committees.filings import actions
from committees.filings.models import Decision, Draft, DraftEvidence, Filing, RollUp
from committees.filings.school import evidence
from committees.workflow import advance
from committees.workflow.models import Trail
from tenants.clock import database_now
from tenants.context import school_scope
from tests.committees.filings.core.ground import AT, VALUES, Case, make_case
from tests.ground.at_once import both, hold
from tests.ground.cast import read_cast

pytestmark = [pytest.mark.committed, pytest.mark.requirement("G11")]
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def filed() -> Case:
    """A filing that two officers have before them."""
    case = make_case(read_cast())
    case.file()
    return case


@pytest.fixture
def started() -> Case:
    """A return that two people of a school have open."""
    case = make_case(read_cast())
    case.prepare()
    return case


def own(case: Case) -> Filing:
    """The row as another request would read it."""
    return Filing.objects.select_related("school", "call__committee", "call__form", "duty").get(pk=case.filing.pk)


def decide(case: Case, at: datetime, **given: object) -> Trail:
    """Accept, as a page does."""
    return actions.accept(filing=own(case), by=case.cast["officer"], at=at, **given)


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(filed: Case, monkeypatch) -> None:
    turnstile, at = hold(monkeypatch, advance, "_check"), database_now()
    results = both(partial(decide, filed, at), partial(decide, filed, at))
    made = [result for result in results if isinstance(result, Trail)]
    refused = [result for result in results if isinstance(result, advance.MoveRefused)]
    assert (len(made), len(refused), turnstile.overlapped) == (1, 1, 1)
    assert refused[0].code == "stale"
    assert filed.cast["officer"].name in str(refused[0])
    assert date_format(timezone.localtime(at), "m-d H:i") in str(refused[0])
    assert Decision.objects.count() == Trail.objects.filter(move="accept").count() == 1


def test_control_without_the_lock_the_loser_breaks(filed: Case, monkeypatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self._chain())
    hold(monkeypatch, advance, "_check")
    results = both(*[partial(decide, filed, database_now())] * 2)
    assert not any(isinstance(result, advance.MoveRefused) for result in results)


@pytest.mark.requirement("G9")
def test_the_same_key_at_once_is_one_decision_and_one_answer(filed: Case) -> None:
    key = uuid4()
    first, second = both(*[partial(decide, filed, database_now(), key=key)] * 2)
    assert first.pk == second.pk
    assert Decision.objects.count() == 1


@pytest.mark.requirement("G9")
def test_a_used_key_repeats_nothing_but_the_same_request(filed: Case) -> None:
    key = uuid4()
    actions.refuse(filing=own(filed), reason="口径不符", by=filed.cast["officer"], at=AT, key=key)
    for reason, by in (("另有原因", "officer"), ("口径不符", "stranger")):
        with pytest.raises(advance.MoveRefused) as refused:
            actions.refuse(filing=own(filed), reason=reason, by=filed.cast[by], at=AT, key=key)
        assert refused.value.code == "key"


def save(case: Case, code: str) -> Draft:
    """Save one item on the revision seen."""
    from committees.filings.answers import Entry

    with school_scope(case.filing.school):
        return actions.save_draft(
            filing=own(case), entries={code: Entry(VALUES[code] + 1, "1")}, revision=1, by=case.cast["clerk_a"], at=AT
        )


@pytest.mark.requirement("WFL")
def test_of_two_saves_at_once_none_is_overwritten(started: Case, monkeypatch) -> None:
    turnstile = hold(monkeypatch, Draft, "save")
    results = both(partial(save, started, "new_energy"), partial(save, started, "area_buildings"))
    assert sum(isinstance(result, actions.DraftConflict) for result in results) == turnstile.overlapped == 1


@pytest.mark.requirement("WFL")
def test_what_is_saved_after_sending_is_told_who_sent(started: Case) -> None:
    with school_scope(started.filing.school):
        actions.request_approval(filing=own(started), by=started.cast["clerk_a"], at=AT)
    with pytest.raises(advance.MoveRefused) as refused:
        save(started, "new_energy")
    assert refused.value.code == "stale"
    assert started.cast["clerk_a"].name in str(refused.value)


def attach(case: Case) -> DraftEvidence:
    """The same file again."""
    kept = inspect_upload("invoice.pdf", PDF)
    with school_scope(case.filing.school):
        return evidence.add_evidence(filing=own(case), content=PDF, inspection=kept, by=case.cast["clerk_a"], at=AT)


@pytest.mark.requirement("UPL")
def test_the_same_file_at_once_is_kept_once(started: Case, monkeypatch) -> None:
    turnstile = hold(monkeypatch, evidence, "keep_content")
    results = both(partial(attach, started), partial(attach, started))
    assert sum(isinstance(result, advance.MoveRefused) for result in results) == turnstile.overlapped == 1


def test_a_page_from_before_another_move_decides_nothing(filed: Case) -> None:
    """Accepting is open after taking up too, but not for a page that was drawn before it."""
    seen = own(filed).version
    actions.take_up(filing=own(filed), by=filed.cast["officer"], at=AT)
    with pytest.raises(advance.MoveRefused) as refused:
        decide(filed, AT, version=seen)
    assert refused.value.code == "stale"


@pytest.mark.requirement("S9-77")
def test_two_acceptances_in_one_call_both_count(filed: Case, monkeypatch) -> None:
    neighbour = Filing.objects.select_related("school", "call__committee", "call__form", "duty").get(
        call=filed.call, school=filed.cast.school_b
    )
    other = Case(replace(filed.cast, people={**filed.cast.people, "clerk_a": filed.cast["clerk_b"],
                                             "head_a": filed.cast["head_b"]}), filed.call, neighbour)  # fmt: skip
    other.file()
    turnstile = hold(monkeypatch, actions, "roll_up")
    results = both(partial(decide, filed, AT), partial(decide, other, AT))
    assert all(isinstance(result, Trail) for result in results), results
    assert turnstile.overlapped == 1
    assert RollUp.objects.get(call=filed.call, indicator="energy_total").schools == 2

"""A filing from the call to the figures that count, through the actions."""

import json
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from committees.calendar.workdays import add_workdays
from committees.filings import actions
from committees.filings.invariants import broken_invariants
from committees.filings.models import Draft, Figure, FilingVersion, RollUp
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry, Trail
from tenants.clock import local_day
from tenants.context import school_scope
from tests.committees.filings.core.ground import AT, VALUES, Case

LATER = AT + timedelta(days=3)
TOTAL = sum(VALUES[code] for code in VALUES if code.startswith(("electricity_", "fossil_")))


def desks(case: Case) -> list[tuple[str, str]]:
    open_entries = DeskEntry.objects.filter(subject=case.filing.public_id, done_at__isnull=True)
    return list(open_entries.values_list("audience", "verb"))


@pytest.mark.requirement("S9-75")
def test_opening_a_call_gives_every_school_a_duty_and_a_desk_entry(case: Case) -> None:
    assert case.call.state == "opened"
    assert [filing.state for filing in case.call.filings.all()] == ["addressed", "addressed"]
    assert desks(case) == [(f"school:{case.cast.school_a.pk}:clerk", "start")]


@pytest.mark.requirement("S9-75")
def test_the_desk_follows_the_filing(case: Case) -> None:
    case.prepare()
    assert desks(case) == [(f"school:{case.cast.school_a.pk}:clerk", "prepare")]
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
        assert desks(case) == [(f"school:{case.cast.school_a.pk}:head", "approve")]
        actions.file(filing=case.filing, by=case.cast["head_a"], at=AT)
    assert desks(case) == [("committee:energy:officer", "check")]
    actions.accept(filing=case.filing, by=case.cast["officer"], at=LATER)
    assert desks(case) == []


@pytest.mark.requirement("S9-75")
def test_the_committee_has_its_own_days_not_the_schools(case: Case) -> None:
    case.file(at=AT + timedelta(days=60))  # long after the school's due day
    entry = DeskEntry.objects.get(subject=case.filing.public_id, done_at__isnull=True)
    assert entry.audience == "committee:energy:officer"
    filed = local_day(AT + timedelta(days=60))
    assert entry.due_on == add_workdays(filed, 5)
    assert entry.due_on > case.filing.duty.due_on


@pytest.mark.requirement("S9-33")
def test_filing_seals_a_copy_that_the_draft_no_longer_touches(case: Case) -> None:
    case.file()
    version = FilingVersion.objects.get(filing=case.filing)
    assert (version.number, version.version, case.filing.number) == ("能备〔2026〕0001号", 1, "能备〔2026〕0001号")
    assert json.loads(version.payload)["entries"]["area_buildings"]["value"] == "100"
    with school_scope(case.filing.school):
        draft = Draft.objects.get(filing_id=case.filing.public_id)
        draft.entries = {}
        draft.save()
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-77")
def test_the_sums_move_by_exactly_what_is_accepted(case: Case) -> None:
    assert not RollUp.objects.filter(call=case.call).exists()
    case.file()
    assert not RollUp.objects.filter(call=case.call).exists(), "filed is not accepted"
    actions.accept(filing=case.filing, by=case.cast["officer"], at=LATER)
    total = RollUp.objects.get(call=case.call, indicator="energy_total")
    assert (total.total, total.schools, total.unit, total.basis) == (TOTAL, 1, "GJ", "primary")
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-75")
def test_a_returned_filing_is_answered_by_a_second_version(case: Case) -> None:
    case.file()
    actions.return_items(
        filing=case.filing, items={"fossil_dormitories": "含食堂用气吗？"}, by=case.cast["officer"], at=LATER
    )
    assert case.filing.state == "returned"
    with school_scope(case.filing.school):
        actions.answer(filing=case.filing, by=case.cast["clerk_a"], at=LATER)
        case.write({"fossil_dormitories": Decimal(90)}, LATER)
    case.send(LATER)
    first, second = FilingVersion.objects.filter(filing=case.filing)
    assert (second.version, second.number, second.predecessor) == (2, first.number, first.seal)
    actions.accept(filing=case.filing, by=case.cast["officer"], at=LATER + timedelta(hours=2))
    assert Figure.objects.get(filing_version=second, indicator="fossil_dormitories").value == 90
    assert not first.figures.exists()
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-75")
@pytest.mark.parametrize("items", [{}, {"fossil_dormitories": "  "}])
def test_a_return_names_items_with_reasons(case: Case, items: dict[str, str]) -> None:
    case.file()
    with pytest.raises(MoveRefused) as refused:
        actions.return_items(filing=case.filing, items=items, by=case.cast["officer"], at=LATER)
    assert refused.value.code == "guard"


@pytest.mark.requirement("S9-75")
def test_a_draft_with_a_fault_does_not_reach_the_head(case: Case) -> None:
    case.prepare({"area_buildings": Decimal(-1)})
    with school_scope(case.filing.school), pytest.raises(MoveRefused) as refused:
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
    assert refused.value.code == "guard"
    case.filing.refresh_from_db()
    assert case.filing.state == "started"


@pytest.mark.requirement("S9-75")
@pytest.mark.parametrize("person", ["head_b", "clerk_b", "officer", "expert1", "stranger", "secretary", "commission"])
def test_nobody_else_files_for_a_school(case: Case, person: str) -> None:
    case.prepare()
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
        with pytest.raises(MoveRefused) as refused:
            actions.file(filing=case.filing, by=case.cast[person], at=AT)
    assert refused.value.code == "role"
    assert not FilingVersion.objects.exists()


@pytest.mark.requirement("S9-75")
@pytest.mark.parametrize("person", ["head_a", "clerk_a", "expert1", "stranger", "commission"])
def test_only_the_committee_accepts(case: Case, person: str) -> None:
    case.file()
    with pytest.raises(MoveRefused) as refused:
        actions.accept(filing=case.filing, by=case.cast[person], at=LATER)
    assert refused.value.code == "role"


@pytest.mark.requirement("S9-75")
def test_the_same_key_twice_is_one_effect(case: Case) -> None:
    case.prepare()
    key = uuid4()
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
        first = actions.file(filing=case.filing, by=case.cast["head_a"], at=AT, key=key)
        again = actions.file(filing=case.filing, by=case.cast["head_a"], at=LATER, key=key)
    assert first.pk == again.pk
    assert FilingVersion.objects.count() == 1
    assert Trail.objects.filter(subject=case.filing.public_id, move="file").count() == 1


@pytest.mark.requirement("S9-75")
def test_the_second_officer_is_told_who_and_when(case: Case) -> None:
    case.file()
    seen = case.filing.version
    actions.accept(filing=case.filing, by=case.cast["officer"], at=LATER, version=seen)
    with pytest.raises(MoveRefused) as refused:
        actions.return_items(
            filing=case.filing, items={"new_energy": "?"}, by=case.cast["officer"], at=LATER, version=seen
        )
    assert refused.value.code == "stale"
    assert refused.value.last is not None
    assert refused.value.last.by == case.cast["officer"]
    assert case.cast["officer"].name in str(refused.value.reason)


@pytest.mark.requirement("S9-75")
def test_a_draft_saved_by_somebody_else_meanwhile_is_not_overwritten(case: Case) -> None:
    case.prepare()
    from committees.filings.answers import Entry

    with school_scope(case.filing.school):
        entries = {"new_energy": Entry(Decimal(5), "5")}
        actions.save_draft(filing=case.filing, entries=entries, revision=1, by=case.cast["clerk_a"], at=AT)
        with pytest.raises(actions.DraftConflict) as conflict:
            actions.save_draft(filing=case.filing, entries=entries, revision=1, by=case.cast["head_a"], at=AT)
    assert conflict.value.draft.revision == 2


@pytest.mark.requirement("S9-75")
def test_withdrawn_before_checking_but_not_after(case: Case) -> None:
    case.file()
    with school_scope(case.filing.school):
        actions.withdraw(filing=case.filing, reason="漏填一栋楼", by=case.cast["head_a"], at=LATER)
    assert case.filing.state == "started"
    case.send(LATER)
    actions.take_up(filing=case.filing, by=case.cast["officer"], at=LATER)
    with school_scope(case.filing.school), pytest.raises(MoveRefused) as refused:
        actions.withdraw(filing=case.filing, reason="再改改", by=case.cast["head_a"], at=LATER)
    assert refused.value.code == "stale"


@pytest.mark.django_db
@pytest.mark.requirement("S9-75")
def test_a_form_is_never_changed_under_its_version() -> None:
    from dataclasses import replace

    from committees.energy.forms import PRIMARY_2020
    from committees.filings.schema import Named

    with pytest.raises(ValueError, match="another definition"):
        actions.load_form(form=replace(PRIMARY_2020, name=Named("改名", "renamed")), at=AT)

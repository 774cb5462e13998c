"""A duty outside the straight way: late, extended, waived, none here, opened again, called off, its school gone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from committees.filings import actions, call_actions, duty_actions
from committees.filings.invariants import broken_invariants
from committees.filings.models import Draft, Filing, FormVersion
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry, Trail
from tenants.actions.school_life import close_school
from tenants.context import school_scope
from tests.committees.filings.core.ground import AT, Case

AFTER = AT + timedelta(days=40)
WHY = "数据尚在核对"


def open_desk(case: Case) -> DeskEntry | None:
    return DeskEntry.objects.filter(subject=case.filing.public_id, done_at__isnull=True).first()


@pytest.mark.requirement("S9-75")
def test_a_return_after_closing_is_taken_late_and_says_so(case: Case) -> None:
    actions.close_call(call=case.call, by=case.cast["officer"], at=AT + timedelta(days=30))
    case.file(at=AFTER)
    assert (case.filing.state, case.filing.late, case.filing.filed_on) == ("filed", True, date(2026, 4, 11))
    actions.accept(filing=case.filing, by=case.cast["officer"], at=AFTER + timedelta(days=1))
    case.filing.refresh_from_db()
    assert case.filing.late
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-75")
def test_an_answer_after_the_day_does_not_make_a_timely_return_late(case: Case) -> None:
    case.file()
    actions.return_items(filing=case.filing, items={"fossil_dormitories": "？"}, by=case.cast["officer"], at=AFTER)
    with school_scope(case.filing.school):
        actions.answer(filing=case.filing, by=case.cast["clerk_a"], at=AFTER)
    case.send(AFTER)
    assert not case.filing.late


@pytest.mark.requirement("S9-75")
def test_without_late_returns_only_an_extension_opens_the_door_after_closing(case: Case) -> None:
    case.call.takes_late = False
    case.call.save()
    actions.close_call(call=case.call, by=case.cast["officer"], at=AT + timedelta(days=30))
    case.filing.refresh_from_db()
    with school_scope(case.filing.school), pytest.raises(MoveRefused) as refused:
        actions.start(filing=case.filing, by=case.cast["clerk_a"], at=AFTER)
    assert refused.value.code == "guard"
    duty_actions.extend(
        filing=case.filing, due_on=date(2026, 4, 30), reason=WHY, by=case.cast["officer"], at=AFTER,
    )  # fmt: skip
    filing = Filing.objects.get(pk=case.filing.pk)
    with school_scope(filing.school):
        actions.start(filing=filing, by=case.cast["clerk_a"], at=AFTER)
    assert filing.state == "started"


@pytest.mark.requirement("S9-56")
def test_more_time_moves_the_day_and_the_desk_and_nothing_else(case: Case) -> None:
    since = case.filing.state_since
    duty_actions.extend(filing=case.filing, due_on=date(2026, 4, 15), reason=WHY, by=case.cast["officer"], at=AT)
    case.filing.duty.refresh_from_db()
    duty = case.filing.duty
    assert (duty.due_on, duty.extended_from, duty.is_extended) == (date(2026, 4, 15), date(2026, 3, 31), True)
    assert (case.filing.state, case.filing.state_since) == ("addressed", since)
    assert open_desk(case).due_on == date(2026, 4, 15)
    other = Filing.objects.get(call=case.call, school=case.cast.school_b)
    assert other.duty.due_on == date(2026, 3, 31)
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-56")
@pytest.mark.parametrize(("day", "why"), [(date(2026, 3, 31), WHY), (date(2026, 3, 2), WHY), (date(2026, 4, 15), "  ")])
def test_an_extension_is_later_and_has_a_reason(case: Case, day: date, why: str) -> None:
    with pytest.raises(MoveRefused):
        duty_actions.extend(filing=case.filing, due_on=day, reason=why, by=case.cast["officer"], at=AT)
    assert not Trail.objects.filter(subject=case.filing.public_id).exists()


@pytest.mark.requirement("S9-75")
def test_a_waived_school_owes_nothing_until_it_is_opened_again(case: Case) -> None:
    case.prepare()
    duty_actions.waive(filing=case.filing, reason="民办高校本年度不报", by=case.cast["officer"], at=AT)
    assert (case.filing.state, open_desk(case)) == ("waived", None)
    duty_actions.reopen(filing=case.filing, due_on=date(2026, 5, 8), reason=WHY, by=case.cast["officer"], at=AFTER)
    assert open_desk(case).due_on == date(2026, 5, 8)
    with school_scope(case.filing.school):
        actions.start(filing=case.filing, by=case.cast["clerk_a"], at=AFTER)
        assert Draft.objects.get(filing_id=case.filing.public_id).entries, "what was typed is still there"
    case.send(AFTER)
    assert not case.filing.late
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-75")
def test_none_here_is_said_by_the_school_and_confirmed_or_declined(case: Case) -> None:
    with school_scope(case.filing.school):
        duty_actions.say_none(filing=case.filing, reason="本校无供暖", by=case.cast["clerk_a"], at=AT)
    assert open_desk(case).audience == "committee:energy:officer"
    duty_actions.decline_none(filing=case.filing, reason="请填用电", by=case.cast["officer"], at=AT)
    assert (case.filing.state, open_desk(case).verb) == ("addressed", "start")
    with school_scope(case.filing.school):
        duty_actions.say_none(filing=case.filing, reason="确无此项", by=case.cast["clerk_a"], at=AT)
    duty_actions.confirm_none(filing=case.filing, by=case.cast["officer"], at=AT)
    assert (case.filing.state, open_desk(case)) == ("not_applicable", None)
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-75")
@pytest.mark.parametrize("who", ["clerk_a", "head_a", "stranger", "clerk_b"])
def test_no_school_lets_itself_off(case: Case, who: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        duty_actions.waive(filing=case.filing, reason=WHY, by=case.cast[who], at=AT)
    assert refused.value.code == "role"


@pytest.mark.requirement("S9-75")
def test_a_cancelled_call_releases_everything_undecided_and_keeps_the_drafts(case: Case) -> None:
    case.prepare()
    call_actions.cancel_call(call=case.call, reason="口径有误，另行通知", by=case.cast["officer"], at=AFTER)
    assert set(case.call.filings.values_list("state", flat=True)) == {"released"}
    assert not DeskEntry.objects.filter(done_at__isnull=True).exists()
    with school_scope(case.filing.school):
        assert Draft.objects.get(filing_id=case.filing.public_id).entries
        with pytest.raises(MoveRefused):
            case.write({"fossil_dormitories": Decimal(1)}, AFTER)
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-53")
def test_the_words_before_and_after_are_kept_and_the_day_moves_for_all(case: Case) -> None:
    duty_actions.extend(filing=case.filing, due_on=date(2026, 4, 30), reason=WHY, by=case.cast["officer"], at=AT)
    call_actions.reword_call(
        call=case.call, words={"text": "新口径：含家属区"}, due_on=date(2026, 4, 15), reason="补充口径",
        by=case.cast["officer"], at=AT,
    )  # fmt: skip
    trail = Trail.objects.get(subject=case.call.public_id, move="reword")
    assert trail.facts["before"] == {"text": "", "due_on": "2026-03-31"}
    assert trail.facts["after"] == {"text": "新口径：含家属区", "due_on": "2026-04-15"}
    days = dict(case.call.filings.values_list("school__code", "duty__due_on"))
    assert days == {case.cast.school_a.code: date(2026, 4, 30), case.cast.school_b.code: date(2026, 4, 15)}
    assert list(broken_invariants()) == []


@pytest.mark.requirement("S9-53")
def test_a_change_that_changes_nothing_or_hurries_is_refused(case: Case) -> None:
    for words, day in (({"text": ""}, None), ({}, date(2026, 3, 20))):
        with pytest.raises(MoveRefused):
            call_actions.reword_call(
                call=case.call, words=words, due_on=day, reason=WHY, by=case.cast["officer"], at=AT
            )


@pytest.mark.requirement("S9-75")
def test_a_school_that_joins_is_addressed_once_with_its_own_day(case: Case) -> None:
    from tests.ground.cast import read_cast

    call = actions.draft_call(
        committee=case.cast.committee, kind="energy-primary", form=FormVersion.objects.get(code="energy-primary"),
        period="2026", title_zh="年报", title_en="Return", opens_on=date(2026, 3, 1), due_on=date(2026, 3, 31),
        by=case.cast["officer"], at=AT,
    )  # fmt: skip
    cast = read_cast()
    actions.open_call(call=call, schools=[cast.school_a], by=cast["officer"], at=AT)
    for _twice in range(2):
        try:
            call_actions.add_schools(
                call=call, schools=[cast.school_a, cast.school_b], due_on=date(2026, 4, 20), by=cast["officer"], at=AT
            )
        except MoveRefused as refused:
            assert refused.code == "guard"  # noqa: PT017  (nobody is left to add)
    assert dict(call.filings.values_list("school__code", "duty__due_on")) == {
        cast.school_a.code: date(2026, 3, 31), cast.school_b.code: date(2026, 4, 20),
    }  # fmt: skip


@pytest.mark.requirement("S9-75")
def test_a_school_that_leaves_owes_nothing_more_but_what_it_filed_is_checked(case: Case) -> None:
    case.file()
    for school in (case.cast.school_a, case.cast.school_b):
        close_school(school=school, reason="合并", by=None, at=AFTER)
    assert duty_actions.release_schools(at=AFTER) == 1
    assert duty_actions.release_schools(at=AFTER) == 0
    states = dict(case.call.filings.values_list("school__code", "state"))
    assert states == {case.cast.school_a.code: "filed", case.cast.school_b.code: "released"}
    assert list(broken_invariants()) == []


def test_nobody_releases_a_duty_that_stands(case: Case) -> None:
    with pytest.raises(MoveRefused) as refused:
        duty_actions.release(filing=case.filing, reason=WHY, by=case.cast["officer"], at=AT)
    assert refused.value.code == "guard"

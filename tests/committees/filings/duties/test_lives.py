"""Random lives of a duty: whatever people, committees and time do to it, what must hold holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.filings import actions, call_actions, correction_actions, duty_actions
from committees.filings.flows import EXEMPT, FILING_FLOW
from committees.filings.invariants import broken_invariants
from committees.filings.models import Filing, RollUp
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry, Trail
from tenants.actions.school_life import close_school
from tenants.clock import local_day
from tenants.context import school_scope
from tests.committees.filings.core.ground import AT, VALUES, Case

pytestmark = pytest.mark.requirement("S9-75")
WHY = "情况说明"


class Undo(Exception):
    """Ends a life: the next one begins from the same call."""


def steps(case: Case, filing: Filing, at: datetime, days: int) -> dict[str, Callable[[], Any]]:
    """Everything that can be tried with the duty at a moment, by name."""
    cast, told = case.cast, {"filing": filing, "at": at}
    day = local_day(at) + timedelta(days=days)
    clerk, head, officer = (
        {**told, "by": cast["clerk_a"]},
        {**told, "by": cast["head_a"]},
        {**told, "by": cast["officer"]},
    )

    def fill() -> None:
        case.filing = filing
        case.write(VALUES, at)

    return {
        "start": lambda: actions.start(**clerk), "fill": fill, "answer": lambda: actions.answer(**clerk),
        "request_approval": lambda: actions.request_approval(**clerk), "recall": lambda: actions.recall(**clerk),
        "send_back": lambda: actions.send_back(**head, reason=WHY), "file": lambda: actions.file(**head),
        "withdraw": lambda: actions.withdraw(**head, reason=WHY),
        "say_none": lambda: duty_actions.say_none(**clerk, reason=WHY),
        "recall_none": lambda: duty_actions.recall_none(**clerk),
        "take_up": lambda: actions.take_up(**officer), "accept": lambda: actions.accept(**officer),
        "return_items": lambda: actions.return_items(**officer, items={"fossil_dormitories": WHY}),
        "refuse": lambda: actions.refuse(**officer, reason=WHY),
        "confirm_none": lambda: duty_actions.confirm_none(**officer),
        "decline_none": lambda: duty_actions.decline_none(**officer, reason=WHY),
        "extend": lambda: duty_actions.extend(**officer, due_on=day, reason=WHY),
        "waive": lambda: duty_actions.waive(**officer, reason=WHY),
        "reopen": lambda: duty_actions.reopen(**officer, due_on=day, reason=WHY),
        "order_correction": lambda: correction_actions.order_correction(**officer, items={"fossil_dormitories": WHY}),
        "close": lambda: actions.close_call(call=filing.call, by=cast["officer"], at=at),
        "cancel": lambda: call_actions.cancel_call(call=filing.call, reason=WHY, by=cast["officer"], at=at),
        "reword": lambda: call_actions.reword_call(
            call=filing.call, words={"text": f"{days}"}, due_on=day, reason=WHY, by=cast["officer"], at=at
        ),
        "leave": lambda: _leave(filing, at),
    }  # fmt: skip


def _leave(filing: Filing, at: datetime) -> None:
    if filing.school.state == "open":
        close_school(school=filing.school, reason=WHY, by=None, at=at)
    duty_actions.release_schools(at=at)


#: Weighted so that lives get somewhere: the straight way comes often, the ends of everything seldom.
STRAIGHT = ["start", "fill", "request_approval", "file", "take_up", "accept", "answer", "return_items"] * 4
ASIDE = [
    "say_none", "recall_none", "confirm_none", "decline_none", "extend", "waive", "reopen", "refuse", "withdraw", "recall",
    "send_back", "reword", "close", "order_correction",
] * 2  # fmt: skip
LIVES = st.lists(
    st.tuples(st.sampled_from([*STRAIGHT, *ASIDE, "cancel", "leave"]), st.integers(0, 12), st.integers(-5, 40)),
    min_size=4, max_size=24,
)  # fmt: skip


def check(case: Case) -> None:
    """What holds after every step."""
    filing = Filing.objects.get(pk=case.filing.pk)
    trail = list(Trail.objects.filter(subject=filing.public_id).order_by("version"))
    assert filing.state == (trail[-1].target if trail else "addressed")
    for event in trail:
        move = FILING_FLOW.move(event.move)
        assert event.source in move.sources
        assert event.target == move.lead(event.source)
        assert event.reason or not move.needs_reason
    desk = DeskEntry.objects.filter(subject=filing.public_id, done_at__isnull=True)
    assert desk.count() <= 1
    if filing.state in EXEMPT or filing.state == "refused":
        assert not desk.exists(), "nobody has anything to do"
    elif filing.state != "accepted":
        assert desk.exists(), f"nobody knows of a case that is {filing.state}"
    rolled = RollUp.objects.filter(call=filing.call, indicator="energy_total").values_list("schools", flat=True).first()
    assert (rolled or 0) == (1 if filing.counted_id else 0)
    assert list(broken_invariants()) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(life=LIVES)
def test_whatever_happens_to_a_duty_the_books_agree(case: Case, life: list[tuple[str, int, int]]) -> None:
    try:
        with transaction.atomic():
            at = AT
            for name, wait, days in life:
                at += timedelta(days=wait, minutes=1)
                rows = Filing.objects.select_related("school", "call__committee", "call__form", "duty")
                filing = rows.get(pk=case.filing.pk)
                with school_scope(filing.school):
                    try:
                        with transaction.atomic():
                            steps(case, filing, at, days)[name]()
                    except MoveRefused:
                        continue
                check(case)
            raise Undo
    except Undo:
        pass

"""Which window a filing shows on a day."""

from datetime import date

import pytest

from committees.filings.flows import FILING_FLOW
from committees.filings.windows_of import SHOWN, shown_state

OPENS, DUE = date(2026, 3, 2), date(2026, 3, 31)


@pytest.mark.requirement("S9-33")
@pytest.mark.parametrize(
    ("state", "today", "key"),
    [
        ("addressed", date(2026, 3, 1), "none"),
        ("addressed", OPENS, "todo"),
        ("addressed", DUE, "todo"),
        ("addressed", date(2026, 4, 1), "late"),
        ("started", date(2026, 4, 1), "late"),
        ("approval_requested", date(2026, 4, 1), "late"),
        ("filed", date(2026, 4, 1), "sent"),
        ("taken_up", date(2026, 4, 1), "sent"),
        ("returned", date(2026, 4, 1), "back"),
        ("accepted", date(2027, 4, 1), "ok"),
        ("refused", date(2026, 4, 1), "refused"),
    ],
)
def test_late_is_what_passed_its_day_unfiled(state, today, key):
    assert shown_state(state, OPENS, DUE, today) == key


def test_every_state_of_the_flow_has_a_window():
    for state in FILING_FLOW.states:
        assert shown_state(state.name, OPENS, DUE, OPENS) in SHOWN


def test_asked_for_is_not_yet_under_correction():
    """Before the committee opens it nothing is being corrected; both stand apart in the legend, each with its own sign."""
    asked, fixing = (
        SHOWN[shown_state(state, OPENS, DUE, DUE, counts=True)] for state in ("correction_asked", "started")
    )
    assert (asked.key, fixing.key) == ("asked", "fixing")
    assert asked.window != fixing.window
    assert str(asked.word) != str(fixing.word)


@pytest.mark.parametrize("state", ["addressed", "started", "approval_requested"])
@pytest.mark.parametrize("today", [OPENS, DUE, date(2026, 8, 1)])
def test_how_far_a_school_has_come_is_not_told_to_whom_knows_only_what_was_filed(state, today):
    assert shown_state(state, OPENS, DUE, today, only_filed=True) == "back"
    assert shown_state(state, OPENS, DUE, today, counts=True, only_filed=True) == "fixing"

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

"""Days begin at midnight as people here count, not at eight in the morning."""

from datetime import UTC, datetime

import pytest

from committees.filings import actions
from committees.workflow.advance import MoveRefused
from tenants.context import school_scope
from tests.committees.filings.core.ground import Case


@pytest.mark.requirement("WFL")
def test_filling_in_begins_at_midnight_in_shanghai(case: Case) -> None:
    clerk = case.cast["clerk_a"]
    with school_scope(case.filing.school):
        with pytest.raises(MoveRefused):
            actions.start(filing=case.filing, by=clerk, at=datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC))
        actions.start(filing=case.filing, by=clerk, at=datetime(2026, 2, 28, 16, 0, tzinfo=UTC))
    assert case.filing.state == "started"

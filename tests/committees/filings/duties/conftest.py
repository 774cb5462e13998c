"""The case of this folder."""

import pytest

from tests.committees.filings.core.ground import Case, make_case
from tests.ground.cast import Cast


@pytest.fixture
def case(cast: Cast) -> Case:
    """An open call to schools a and b; the filing of a not yet begun."""
    return make_case(cast)

"""The case of this folder."""

import pytest

from tests.committees.filings.school.ground import Case, make_case
from tests.ground.cast import Cast


@pytest.fixture
def case(cast: Cast) -> Case:
    """An open call to schools A and B; the filing of A not yet begun."""
    return make_case(cast)

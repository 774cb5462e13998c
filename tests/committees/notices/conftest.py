"""A school's case, as in the filing room's tests."""

from tests.committees.filings.school.conftest import case as case

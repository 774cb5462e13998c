"""Places of papers, keys and what the commission does: everything that leaves the portal as a figure."""

from tests.access.places import Place, place
from tests.access.rooms.filings import _of_school
from tests.ground.cast import Cast


@place("receipt_paper", host="school")
@place("receipt_file", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True, number=1)

"""Places of the search's office."""

from search.models import LexiconLine
from tests.access.places import Place, place
from tests.ground.cast import Cast

OFFICE = "the words are the association's, for all who edit them"


@place("search_line")
@place("search_line_remove")
def _(cast: Cast) -> Place:
    return Place(own={"pk": LexiconLine.objects.order_by("pk").values_list("pk", flat=True)[0]}, no_foreign=OFFICE)

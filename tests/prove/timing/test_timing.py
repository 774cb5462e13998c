"""A foreign id takes as long to refuse as one that never existed: medians of 200 within 20 in a hundred."""

import gc
import random
import time
from statistics import median

import pytest

from tests.access import rooms
from tests.access.asking import path_of
from tests.access.places import place_of, unknown
from tests.access.routes import urlconfs, walk
from tests.ground.clients import association_client, school_client

pytestmark = pytest.mark.prove
rooms.load()
CALLS, MOST = 200, 1.2
ASKED = [
    ("school", "filing_show", "clerk_a"), ("school", "filing_workbook", "clerk_a"), ("school", "evidence_send", "clerk_a"),
    ("school", "member", "head_a"), ("school", "invitation_sheet", "head_a"), ("association", "committee_filing", "officer"),
    ("association", "committee_evidence", "officer"), ("association", "reset_sheet", "secretary"),
]  # fmt: skip


def _seconds(client, path):
    began = time.process_time()
    answer = client.get(path)
    assert answer.status_code == 404, (path, answer.status_code)
    return time.process_time() - began


def _ratio(client, first, second):
    """Ratio of the medians, asked in turns of random order, in processor time: other programs do not count."""
    taken = {first: [], second: []}
    for _ in range(5):
        _seconds(client, first), _seconds(client, second)
    gc.collect()
    for _ in range(CALLS):
        for path in random.sample([first, second], 2):
            taken[path].append(_seconds(client, path))
    medians = sorted(median(times) for times in taken.values())
    return medians[1] / medians[0]


@pytest.mark.requirement("G2")
@pytest.mark.parametrize(("host", "name", "actor"), ASKED, ids=str)
def test_a_foreign_id_takes_as_long_as_an_unknown_one(host, name, actor, cast):
    route = next(item for item in walk(host) if item.name == name)
    assert urlconfs()[host]
    place = place_of(name, host, cast)
    client = school_client(cast.school_a, cast[actor]) if host == "school" else association_client(cast[actor])
    paths = [path_of(route, given) for given in (place.foreign, unknown(route.parameters, place))]
    assert _ratio(client, *paths) < MOST


def test_the_clock_sees_a_difference(cast):
    """Control: a page that is refused after more work takes longer."""
    client = association_client(cast["officer"])
    with pytest.MonkeyPatch.context() as patch:
        from cms import frame

        known = frame.frame_of

        def slow(request):
            if request.path.startswith("/nothing-slow"):
                sum(range(2_000_000))
            return known(request)

        patch.setattr(frame, "frame_of", slow)
        assert _ratio(client, "/nothing-slow/", "/nothing-fast/") > MOST

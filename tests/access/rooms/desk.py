"""Places of the desk: an entry of the officer's and one of a clerk's; a calendar's secret address."""

from committees.notices.actions import renew_feed
from committees.workflow.models import DeskEntry
from tenants.context import association_scope
from tests.access.places import Place, place
from tests.access.rooms.filings import _case
from tests.committees.filings.core.ground import AT
from tests.ground.cast import Cast


def _entry(audience: str) -> DeskEntry:
    return DeskEntry.objects.get(audience=audience, done_at__isnull=True)


@place("desk_snooze")
def _(cast: Cast) -> Place:
    case = _case(cast, filed=True)
    with association_scope():
        own, foreign = _entry("committee:energy:officer"), _entry(f"school:{cast.school_b.pk}:clerk")
    others = tuple(key for key in cast if key != "clerk_b")
    assert case.filing is not None
    return Place(own={"public_id": own.public_id}, foreign={"public_id": foreign.public_id}, foreign_to=others,
                 data={"until": "week"})  # fmt: skip


@place("desk_snooze", host="school")
def _(cast: Cast) -> Place:
    _case(cast)
    with association_scope():
        own, foreign = _entry(f"school:{cast.school_a.pk}:clerk"), _entry(f"school:{cast.school_b.pk}:clerk")
    return Place(own={"public_id": own.public_id}, foreign={"public_id": foreign.public_id}, data={"until": "week"})


@place("calendar_feed")
def _(cast: Cast) -> Place:
    with association_scope():
        secret = renew_feed(by=cast["clerk_a"], language="zh-hans", at=AT)
    return Place(
        own={"secret": secret}, no_foreign="whoever holds the secret address may read it", unknown={"secret": "x"}
    )

"""Places of papers, keys and what the commission does: everything that leaves the portal as a figure."""

from committees.filings.slugs import slug_of
from tests.access.places import Place, place
from tests.access.rooms.filings import _at_committee, _case, _of_school
from tests.committees.keys.ground import new_key
from tests.ground.cast import Cast


@place("receipt_paper", host="school")
@place("receipt_file", host="school")
@place("return_paper", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True, number=1)


@place("school_figures", host="school")
@place("draft_paper", host="school")
@place("school_figures_csv", host="school")
@place("school_figures_xlsx", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True)


PUBLISHED = "what is published is everybody's"


@place("api_bulletin")
@place("api_bulletin_schools")
def _(cast: Cast) -> Place:
    return Place(own={"id": slug_of(_case(cast, accepted=True).call.number)}, no_foreign=PUBLISHED)


@place("api_card")
def _(cast: Cast) -> Place:
    return Place(own={"id": slug_of(_case(cast, accepted=True).filing.number or "")}, no_foreign=PUBLISHED)


@place("api_unknown")
@place("api_unknown", host="school")
def _(cast: Cast) -> Place:
    return Place(own={"path": "v9/x"}, no_foreign="there is nothing")


@place("api_own_filing", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True)


@place("api_own_payload", host="school")
def _(cast: Cast) -> Place:
    return _of_school(cast, filed=True, version=1)


@place("key_revoke", host="school")
def _(cast: Cast) -> Place:
    own, _secret = new_key(cast.school_a, cast["head_a"])
    foreign, _secret = new_key(cast.school_b, cast["head_b"])
    return Place(own={"public_id": own.public_id}, foreign={"public_id": foreign.public_id})


@place("commission_call")
def _(cast: Cast) -> Place:
    call = _case(cast, accepted=True).call
    data = {"do": "begin", "about": "table", "title": "口径", "words": "请说明。"}
    return _at_committee(cast, call, data=data)


@place("commission_countersign")
def _(cast: Cast) -> Place:
    return Place(
        own={"public_id": _case(cast, accepted=True).call.public_id}, no_foreign="the commission sees all that is filed"
    )

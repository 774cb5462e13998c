"""Places of the board: one school on it, reminding, a call's own reminders, robots of the committee."""

from committees.notices import actions
from tenants.context import association_scope
from tests.access.places import Place, place
from tests.access.rooms.filings import SEATED, _at_committee, _case
from tests.committees.filings.committee.ground import light_schools
from tests.committees.filings.core.ground import AT
from tests.ground.cast import Cast


@place("committee_remind")
@place("committee_robots")
def _(cast: Cast) -> Place:
    with association_scope():
        _case(cast)
    return Place(own={"code": cast.committee.code}, foreign={"code": cast.other_committee.code}, foreign_to=SEATED)


@place("committee_school")
def _(cast: Cast) -> Place:
    case = _case(cast, filed=True)
    never = light_schools(1)[0]
    code = {"code": case.call.committee.code}
    return Place(
        own={**code, "public_id": case.filing.school.public_id}, foreign={**code, "public_id": never.public_id}
    )


@place("committee_call_reminders")
def _(cast: Cast) -> Place:
    return _at_committee(cast, _case(cast).call, data={"days": "5"})


@place("committee_robot")
def _(cast: Cast) -> Place:
    robot = actions.add_robot(
        owner=f"committee:{cast.committee.code}", kind="wecom", label="x", token="abcdefgh12", secret="",
        by=cast["officer"], at=AT,
    )  # fmt: skip
    return _at_committee(cast, robot)

"""Who may do what with comments between the commission and a committee."""

from datetime import datetime

from django.utils.translation import gettext as _

from committees.commission.flows import TALK_FLOW
from committees.commission.models import Talk
from committees.filings.rules import roles_at_call
from committees.workflow.binding import Asking, Binding, bind
from tenants.models import User
from tenants.verdicts import Allowed, Refused, Verdict

DECIDING = frozenset({"chair", "officer"})


def talk_roles(talk: Talk, by: User | None, at: datetime) -> frozenset[str]:
    """A person's role at the call that a comment is about: the commission, or a deciding seat."""
    return roles_at_call(talk.call, by, at) & (DECIDING | {"commission"})


def side_of(roles: frozenset[str]) -> str:
    """The side on which somebody with these roles speaks; empty for nobody."""
    if "commission" in roles:
        return "commission"
    return "committee" if roles & DECIDING else ""


def own_question(asking: Asking) -> Verdict:
    """Who began a comment closes it: the other side answers."""
    if side_of(talk_roles(asking.row, asking.by, asking.at)) == asking.row.begun_by:
        return Allowed()
    return Refused(_("Who began the comment closes it. Answer it instead."))


def bind_talk() -> None:
    """Register the flow with the kernel."""
    from committees.commission.telling import talk_desk, talk_moved

    bind(Binding(flow=TALK_FLOW, model=Talk, roles=talk_roles, guards={"own_question": own_question}, desk=talk_desk,
                 told=(talk_moved,)))  # fmt: skip

"""Who may do what with calls and filings, and under which conditions."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.filings.drafts import findings_of_draft
from committees.filings.flows import CALL_FLOW, FILING_FLOW
from committees.filings.models import Call, Filing
from committees.roster.queries import seats_in
from committees.workflow.binding import Asking, Binding, bind
from tenants.clock import local_day
from tenants.connection import connection
from tenants.models import User
from tenants.queries import roles_in
from tenants.verdicts import Allowed, Refused, Verdict


def call_roles(call: Call, by: User | None, at: datetime) -> frozenset[str]:
    """The seats a person holds on the call's committee."""
    return frozenset(str(seat) for seat in seats_in(by, call.committee, local_day(at))) if by else frozenset()


def filing_roles(filing: Filing, by: User | None, at: datetime) -> frozenset[str]:
    """A person's roles towards a filing: in its school, or on the committee of its call. Never both at once: nobody
    judges the own school."""
    if by is None:
        return frozenset()
    own = roles_in(by, filing.school, local_day(at))
    if own:
        return frozenset(str(role) for role in own)
    return frozenset(str(seat) for seat in seats_in(by, filing.call.committee, local_day(at)))


def has_schools(asking: Asking) -> Verdict:
    """A call is opened to somebody."""
    return Allowed() if asking.facts.get("schools") else Refused(_("Choose the schools this call goes to."))


def call_open(asking: Asking) -> Verdict:
    """A duty is answered while its call is open, from its opening day on."""
    call = asking.row.call
    if call.state != "opened":
        return Refused(_("This call is not open for filing."))
    if local_day(asking.at) < call.opens_on:
        return Refused(_("Filling in begins on %(day)s.") % {"day": call.opens_on})
    return Allowed()


def complete(asking: Asking) -> Verdict:
    """No fault, and every doubt answered; asked in the school's own books."""
    if connection.schema_name != asking.row.school.schema_name:
        return Refused(_("This step is taken in the school's own space."))
    faults, doubts = findings_of_draft(asking.row)
    if faults:
        text = ngettext("%(n)s fault must be mended first.", "%(n)s faults must be mended first.", len(faults))
        return Refused(text % {"n": len(faults)})
    if doubts:
        text = ngettext("%(n)s doubt needs a sentence.", "%(n)s doubts need a sentence each.", len(doubts))
        return Refused(text % {"n": len(doubts)})
    return Allowed()


def items_named(asking: Asking) -> Verdict:
    """A return names its items, each with a reason."""
    items: dict[str, Any] = asking.facts.get("items") or {}
    if not items or not all(str(reason).strip() for reason in items.values()):
        return Refused(_("Name at least one item, and give a reason for each."))
    return Allowed()


def bind_flows() -> None:
    """Register the two flows with the kernel."""
    from committees.filings.desk import call_desk, filing_desk
    from committees.filings.mails import filing_moved

    bind(Binding(flow=CALL_FLOW, model=Call, roles=call_roles, guards={"has_schools": has_schools}, desk=call_desk))
    guards = {"call_open": call_open, "complete": complete, "items_named": items_named}
    bind(Binding(flow=FILING_FLOW, model=Filing, roles=filing_roles, guards=guards, desk=filing_desk,
                 heard=(filing_moved,)))  # fmt: skip

"""Who may do what with calls and filings, and under which conditions."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.filings.approvals import deputy_of
from committees.filings.corrections import opening_of
from committees.filings.drafts import draft_of, findings_of_draft
from committees.filings.flows import CALL_FLOW, FILING_FLOW, JOINT_FLOW, SERIES_FLOW
from committees.filings.models import Call, Filing, FormVersion, JointList, Series
from committees.roster.queries import seats_in
from committees.workflow.binding import Asking, Binding, bind
from tenants.clock import local_day
from tenants.connection import connection
from tenants.models import AssociationRole, SchoolState, User
from tenants.queries import association_roles, roles_in
from tenants.verdicts import Allowed, Refused, Verdict

#: States in which a head, or who stands in, has something to do.
WITH_HEAD = ("approval_requested", "filed")


def call_roles(call: Call | Series | JointList, by: User | None, at: datetime) -> frozenset[str]:
    """The seats a person holds on the call's committee."""
    return frozenset(str(seat) for seat in seats_in(by, call.committee, local_day(at))) if by else frozenset()


def roles_at_call(call: Call, by: User | None, at: datetime) -> frozenset[str]:
    """The seats a person holds on the call's committee, and the commission's role. Never both at once: nobody agrees to
    the own proposal."""
    seats = call_roles(call, by, at)
    if seats or by is None or AssociationRole.COMMISSION not in association_roles(by, local_day(at)):
        return seats
    return frozenset({"commission"})


def is_co_issued(asking: Asking) -> Verdict:
    """Only a call that both issue is sent to the commission."""
    if asking.row.co_issued:
        return Allowed()
    return Refused(_("This call is the committee’s own. Tick that it is issued with the commission, first."))


def may_open(asking: Asking) -> Verdict:
    """A call is opened to somebody; one that both issue, as the commission has agreed to it."""
    if asking.row.co_issued and asking.row.state != "agreed":
        return Refused(_("The education commission has to agree to this call first."))
    return has_schools(asking)


def filing_roles(filing: Filing, by: User | None, at: datetime) -> frozenset[str]:
    """A person's roles towards a filing: in its school, or on the committee of its call. Never both at once: nobody
    judges the own school."""
    if by is None:
        return frozenset()
    day = local_day(at)
    own = frozenset(str(role) for role in roles_in(by, filing.school, day))
    if own:
        # A deputy has a post in the school; asked only where the head has to act.
        stands_in = filing.state in WITH_HEAD and deputy_of(filing.school, by, day) is not None
        return own | {"deputy"} if stands_in else own
    return frozenset(str(seat) for seat in seats_in(by, filing.call.committee, local_day(at)))


def has_schools(asking: Asking) -> Verdict:
    """A call is opened to somebody."""
    return Allowed() if asking.facts.get("schools") else Refused(_("Choose the schools this call goes to."))


def call_open(asking: Asking) -> Verdict:
    """A duty is answered from its call's opening day on; after closing late, where the call takes late returns, or
    within an extension."""
    call = asking.row.call
    if not _still_taken(asking):
        return Refused(_("This call is not open for filing."))
    if local_day(asking.at) < call.opens_on:
        return Refused(_("Filling in begins on %(day)s.") % {"day": call.opens_on})
    return Allowed()


def complete(asking: Asking) -> Verdict:
    """No fault, and every doubt answered; asked in the school's own books."""
    if connection.schema_name != asking.row.school.schema_name:
        return Refused(_("This step is taken in the school's own space."))
    if asking.row.latest_id is None and not _still_taken(asking):
        return Refused(_("This call is closed and takes no late returns. Ask the committee for more time."))
    faults, doubts = findings_of_draft(asking.row)
    if faults:
        text = ngettext("%(n)s fault must be mended first.", "%(n)s faults must be mended first.", len(faults))
        return Refused(text % {"n": len(faults)})
    if doubts:
        text = ngettext("%(n)s doubt needs a sentence.", "%(n)s doubts need a sentence each.", len(doubts))
        return Refused(text % {"n": len(doubts)})
    return Allowed()


def _still_taken(asking: Asking) -> bool:
    call = asking.row.call
    if call.state == "opened":
        return True
    return bool(call.state == "closed" and (call.takes_late or asking.row.duty.due_on >= local_day(asking.at)))


def later_day(asking: Asking) -> Verdict:
    """An extension ends later than the day that holds now, and not in the past."""
    wanted = _day_in(asking)
    if wanted is None or wanted <= asking.row.duty.due_on or wanted < local_day(asking.at):
        return Refused(_("Choose a day after the present one (%(day)s) that is still to come.") % {
            "day": asking.row.duty.due_on})  # fmt: skip
    return Allowed()


def due_ahead(asking: Asking) -> Verdict:
    """A reopened duty is due on a day to come, under a call that stands, by a school that is open."""
    if asking.row.call.state not in {"opened", "closed"}:
        return Refused(_("The call is cancelled; nothing under it can be opened again."))
    if asking.row.school.state != SchoolState.OPEN:
        return Refused(_("This school’s space is closed."))
    wanted = _day_in(asking)
    if wanted is None or wanted < local_day(asking.at):
        return Refused(_("Choose a day that is still to come."))
    return Allowed()


def nothing_due(asking: Asking) -> Verdict:
    """A duty is released when its call is cancelled, or its school has left."""
    if asking.row.call.state == "cancelled" or asking.row.school.state != SchoolState.OPEN:
        return Allowed()
    return Refused(_("The call stands and the school is open. To let a single school off, waive its return."))


def same_units(asking: Asking) -> Verdict:
    """A new form measures what the old one measured in the same unit, on the same basis: sums stay sums of one thing."""
    wanted = FormVersion.objects.filter(pk=asking.facts.get("form_after", 0)).first()
    if wanted is None or wanted.pk == asking.row.form_id:
        return Refused(_("Choose another version of the form."))
    before = {item.code: item for item in asking.row.form.form().indicators()}
    for item in wanted.form().indicators():
        old = before.get(item.code)
        if old and (old.unit, old.basis, old.adds_up) != (item.unit, item.basis, item.adds_up):
            text = _("“%(item)s” is measured in another unit there; sums would mix. Open a new call instead.")
            return Refused(text % {"item": item.name})
    return Allowed()


def _day_in(asking: Asking) -> date | None:
    text = asking.facts.get("due_on")
    return date.fromisoformat(text) if text else None


def none_sayable(asking: Asking) -> Verdict:
    """That there is no such item is said while the call is open, and not of what counts already."""
    verdict = call_open(asking)
    return nothing_counts(asking) if isinstance(verdict, Allowed) else verdict


def approvable(asking: Asking) -> Verdict:
    """Complete, and approved by another person than the one who prepared it."""
    verdict = complete(asking)
    draft = draft_of(asking.row) if isinstance(verdict, Allowed) else None
    if draft is not None and asking.by is not None and draft.updated_by_id == asking.by.pk:
        return Refused(
            _("You prepared this return yourself: a second person has to approve it, or you file the stamped scan.")
        )
    return verdict


def scanned(asking: Asking) -> Verdict:
    """Complete, and the paper says who signed, on a day between the last change of the draft and today."""
    verdict = complete(asking)
    if isinstance(verdict, Refused):
        return verdict
    if not asking.facts.get("signer") or not asking.facts.get("signed_on"):
        return Refused(_("Say who signed the paper, and on what day."))
    draft, signed_on = draft_of(asking.row), date.fromisoformat(asking.facts["signed_on"])
    if signed_on > local_day(asking.at):
        return Refused(_("The day of the signature lies in the future."))
    if draft is not None and signed_on < local_day(draft.updated_at):
        changed = {"day": date_format(local_day(draft.updated_at), "Y-m-d")}
        text = _("The return was changed on %(day)s, after this signature: print it and have it signed anew.")
        return Refused(text % changed)
    return Allowed()


def something_counts(asking: Asking) -> Verdict:
    """Only a corrected version can be turned down with the one before still counting."""
    return Allowed() if asking.row.counted_id else Refused(_("Nothing counts yet: accept it, return it or refuse it."))


def nothing_counts(asking: Asking) -> Verdict:
    """A filing that counts is not refused for good because of its correction."""
    if asking.row.counted_id:
        return Refused(_("An earlier version counts: keep that one instead of refusing the filing."))
    return Allowed()


def droppable(asking: Asking) -> Verdict:
    """A correction is dropped in the school's own space, by a school that had asked for it itself."""
    if connection.schema_name != asking.row.school.schema_name:
        return Refused(_("This step is taken in the school's own space."))
    opening = opening_of(asking.row)
    if opening is None:
        return Refused(_("Nothing is being corrected here."))
    if opening.move == "order_correction":
        return Refused(_("The committee asked for this correction: answer it by filing."))
    return Allowed()


def items_named(asking: Asking) -> Verdict:
    """A return names its items, each with a reason."""
    items: dict[str, Any] = asking.facts.get("items") or {}
    if not items or not all(str(reason).strip() for reason in items.values()):
        return Refused(_("Name at least one item, and give a reason for each."))
    return Allowed()


def all_decided(asking: Asking) -> Verdict:
    """A joint list is carried out when every line has its decision."""
    left = asking.row.lines.filter(decision="").count()
    if left or not asking.row.lines.exists():
        return Refused(_("Every line needs its decision first."))
    return Allowed()


def bind_flows() -> None:
    """Register the three flows with the kernel."""
    from committees.filings.desk import call_desk, filing_desk, series_desk
    from committees.filings.telling import call_moved, filing_moved

    bind(Binding(flow=SERIES_FLOW, model=Series, roles=call_roles, desk=series_desk))
    joint = {"all_decided": all_decided}
    bind(Binding(flow=JOINT_FLOW, model=JointList, roles=call_roles, guards=joint, desk=series_desk))
    of_call = {
        "has_schools": has_schools, "may_open": may_open, "is_co_issued": is_co_issued, "same_units": same_units,
    }  # fmt: skip
    bind(Binding(flow=CALL_FLOW, model=Call, roles=roles_at_call, guards=of_call, desk=call_desk, told=(call_moved,)))
    guards = {
        "call_open": call_open, "none_sayable": none_sayable, "complete": complete, "items_named": items_named,
        "later_day": later_day, "due_ahead": due_ahead, "nothing_due": nothing_due, "approvable": approvable,
        "scanned": scanned, "something_counts": something_counts, "nothing_counts": nothing_counts,
        "droppable": droppable,
    }  # fmt: skip
    bind(Binding(flow=FILING_FLOW, model=Filing, roles=filing_roles, guards=guards, desk=filing_desk,
                 told=(filing_moved,)))  # fmt: skip

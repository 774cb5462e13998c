"""The flow tables of the filing room: the series of calls, the call, and the filing."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.workflow.flow import STAYS, SYSTEM, Flow, Move, State, Tone

SCHOOL_ROLES = {"head": _("head"), "deputy": _("deputy of the head"), "clerk": _("clerk")}
COMMITTEE_ROLES = {"chair": _("chair"), "officer": _("officer")}
ITSELF = {SYSTEM: _("the system")}
COMMISSION = {"commission": _("education commission")}

#: No school has seen such a call yet, nor is it anybody's business but its committee's (and, proposed to it, the
#: commission's).
UNSENT = ("drafted", "proposed", "agreed")

CALL_FLOW = Flow(
    name="call",
    label=_("Call"),
    roles={**COMMITTEE_ROLES, **COMMISSION, **ITSELF},
    states=(
        State("drafted", _("drafted"), Tone.IN_PROGRESS),
        State("proposed", _("with the commission"), Tone.WITH_HEAD),
        State("agreed", _("agreed by the commission"), Tone.TO_DO),
        State("opened", _("open for filing"), Tone.WITH_COMMITTEE),
        State("closed", _("closed"), Tone.ACCEPTED, final=True),
        State("cancelled", _("cancelled"), Tone.EXEMPT, final=True),
    ),
    moves=(
        Move(
            "propose", _("Send to the commission"), ("drafted",), "proposed", ("chair", "officer"), guard="is_co_issued",
            tone="main",
        ),
        Move("take_back", _("Take back to change"), ("proposed", "agreed"), "drafted", ("chair", "officer")),
        Move("agree", _("Agree"), ("proposed",), "agreed", ("commission",), tone="main"),
        Move("decline", _("Give back"), ("proposed",), "drafted", ("commission",), needs_reason=True, tone="stop"),
        Move(
            "open", pgettext_lazy("a call", "Open"), ("drafted", "agreed"), "opened", ("chair", "officer", SYSTEM),
            guard="may_open", tone="main",
        ),
        Move("add_schools", _("Add schools"), ("opened",), STAYS, ("chair", "officer", SYSTEM), guard="has_schools"),
        Move("reword", _("Change the text"), ("opened",), STAYS, ("chair", "officer"), needs_reason=True),
        Move(
            "change_form", _("Change the form"), ("opened",), STAYS, ("chair", "officer"), guard="same_units",
            needs_reason=True,
        ),
        Move("close", pgettext_lazy("a call", "Close"), ("opened",), "closed", ("chair", "officer")),
        Move(
            "cancel", _("Cancel"), (*UNSENT, "opened"), "cancelled", ("chair", "officer"), needs_reason=True,
            tone="stop",
        ),
    ),
)  # fmt: skip

#: Nothing is filed yet, and the school has it in hand.
UNFILED = ("addressed", "started", "approval_requested")

#: Nothing is owed: such schools are neither missing nor counted among those asked.
EXEMPT = ("waived", "not_applicable", "released")

#: The moves that seal a version: signed in and filed, or by the stamped scan.
FILING_MOVES = ("file", "file_scan")
#: The moves that open an accepted filing again; until the new version is accepted, the old one counts.
CORRECTING_MOVES = ("grant_correction", "order_correction")

FILING_FLOW = Flow(
    name="filing",
    label=_("Filing"),
    roles={**SCHOOL_ROLES, **COMMITTEE_ROLES, **ITSELF},
    states=(
        State("addressed", _("to fill in"), Tone.TO_DO),
        State("started", _("being filled in"), Tone.IN_PROGRESS),
        State("approval_requested", _("with the head"), Tone.WITH_HEAD),
        State("filed", _("to be checked"), Tone.WITH_COMMITTEE),
        State("taken_up", _("being checked"), Tone.WITH_COMMITTEE),
        State("returned", _("returned"), Tone.RETURNED),
        State("none_said", _("none here, to be confirmed"), Tone.WITH_COMMITTEE),
        State("accepted", _("accepted"), Tone.ACCEPTED),
        State("correction_asked", _("correction asked for"), Tone.WITH_COMMITTEE),
        State("refused", _("refused"), Tone.OVERDUE, final=True),
        State("waived", _("waived"), Tone.EXEMPT, final=True),
        State("not_applicable", _("no such item here"), Tone.EXEMPT, final=True),
        State("released", _("no longer due"), Tone.EXEMPT, final=True),
    ),
    moves=(
        Move(
            "start", _("Start filling in"), ("addressed",), "started", ("clerk", "head"),
            guard="call_open", tone="main",
        ),
        Move("answer", _("Answer the questions"), ("returned",), "started", ("clerk", "head"), tone="main"),
        Move(
            "request_approval", _("Send to the head"), ("started",), "approval_requested", ("clerk", "head"),
            guard="complete", tone="main",
        ),
        Move(
            "send_back", _("Give back to the clerk"), ("approval_requested",), "started", ("head", "deputy"),
            needs_reason=True,
        ),
        Move("recall", _("Take back"), ("approval_requested",), "started", ("clerk",)),
        Move(
            "file", _("Approve and file"), ("approval_requested",), "filed", ("head", "deputy"), guard="approvable",
            tone="main",
        ),
        Move(
            "file_scan", _("File with the stamped scan"), ("approval_requested",), "filed", ("clerk", "head"),
            guard="scanned",
        ),
        Move("withdraw", _("Withdraw"), ("filed",), "started", ("head", "deputy"), needs_reason=True),
        Move(
            "say_none", _("We have no such item"), ("addressed", "started"), "none_said", ("clerk", "head"),
            guard="none_sayable", needs_reason=True,
        ),
        Move("recall_none", _("Take the statement back"), ("none_said",), "addressed", ("clerk", "head")),
        Move("take_up", _("Take up"), ("filed",), "taken_up", ("officer", "chair"), tone="main"),
        Move(
            "return_items", _("Return"), ("filed", "taken_up"), "returned", ("officer", "chair"), guard="items_named",
            tone="stop",
        ),
        Move("accept", _("Accept"), ("filed", "taken_up"), "accepted", ("officer", "chair"), tone="main"),
        Move(
            "refuse", _("Refuse"), ("filed", "taken_up"), "refused", ("chair", "officer"), needs_reason=True,
            guard="nothing_counts", tone="stop",
        ),
        Move(
            "ask_correction", _("Ask for a correction"), ("accepted",), "correction_asked", ("head", "clerk"),
            needs_reason=True,
        ),
        Move("unask_correction", _("Take the request back"), ("correction_asked",), "accepted", ("head", "clerk")),
        Move(
            "grant_correction", _("Open it for correction"), ("correction_asked",), "started", ("officer", "chair"),
            tone="main",
        ),
        Move(
            "deny_correction", _("Decline the correction"), ("correction_asked",), "accepted", ("officer", "chair"),
            needs_reason=True, tone="stop",
        ),
        Move(
            "order_correction", _("Ask the school to correct"), ("accepted",), "returned", ("officer", "chair"),
            guard="items_named", tone="stop",
        ),
        Move("drop_correction", _("Drop the correction"), ("started",), "accepted", ("head", "clerk"), guard="droppable"),
        Move(
            "keep_old", _("Keep what counts"), ("filed", "taken_up"), "accepted", ("officer", "chair"), needs_reason=True,
            guard="something_counts", tone="stop",
        ),
        Move("confirm_none", _("Confirm: none here"), ("none_said",), "not_applicable", ("officer", "chair")),
        Move(
            "decline_none", _("Ask for the return"), ("none_said",), "addressed", ("officer", "chair"),
            needs_reason=True,
        ),
        Move(
            "extend", _("Extend"), (*UNFILED, "returned"), STAYS, ("officer", "chair"), guard="later_day",
            needs_reason=True,
        ),
        Move(
            "waive", _("Waive"), (*UNFILED, "returned", "none_said"), "waived", ("officer", "chair"),
            guard="nothing_counts", needs_reason=True,
        ),
        Move(
            "reopen", _("Reopen"), ("waived", "not_applicable", "refused"), "addressed", ("officer", "chair"),
            guard="due_ahead", needs_reason=True, reopens=True,
        ),
        # What follows from a change of the call or of the school, in the same transaction as that change.
        Move(
            "renew", _("Give back, the form has changed"), ("approval_requested",), "started",
            ("officer", "chair", SYSTEM), needs_reason=True,
        ),
        Move(
            "release", _("Release"), (*UNFILED, "returned", "none_said", "filed", "taken_up"), "released",
            ("officer", "chair", SYSTEM), guard="nothing_due", needs_reason=True,
        ),
    ),
)  # fmt: skip

SERIES_FLOW = Flow(
    name="series",
    label=_("Series of calls"),
    roles={**COMMITTEE_ROLES, **ITSELF},
    states=(
        State("running", _("running"), Tone.ACCEPTED),
        State("paused", _("paused"), Tone.NOT_DUE),
        State("ended", _("ended"), Tone.EXEMPT, final=True),
    ),
    moves=(
        Move("redefine", _("Change the definition"), ("running", "paused"), STAYS, ("chair", "officer")),
        Move("pause", _("Pause"), ("running",), "paused", ("chair", "officer"), needs_reason=True),
        Move("resume", _("Go on"), ("paused",), "running", ("chair", "officer"), tone="main"),
        Move(
            "end", _("End"), ("running", "paused"), "ended", ("chair", "officer", SYSTEM), needs_reason=True,
            tone="stop",
        ),
    ),
)  # fmt: skip

JOINT_FLOW = Flow(
    name="joint",
    label=_("Joint list"),
    roles={**COMMITTEE_ROLES},
    states=(
        State("drafted", _("in preparation"), Tone.IN_PROGRESS),
        State("held", _("decided"), Tone.ACCEPTED, final=True),
        State("dropped", _("dropped"), Tone.EXEMPT, final=True),
    ),
    moves=(
        Move(
            "hold",
            _("Carry out the decisions"),
            ("drafted",),
            "held",
            ("chair", "officer"),
            guard="all_decided",
            tone="main",
        ),
        Move("drop", _("Drop the list"), ("drafted",), "dropped", ("chair", "officer")),
    ),
)

"""The two flow tables of the filing room: the call, and the filing."""

from django.utils.translation import gettext_lazy as _

from committees.workflow.flow import Flow, Move, State, Tone

CALL_FLOW = Flow(
    name="call",
    label=_("Call"),
    roles={"chair": _("chair"), "officer": _("officer")},
    states=(
        State("drafted", _("drafted"), Tone.IN_PROGRESS),
        State("opened", _("open for filing"), Tone.WITH_COMMITTEE),
        State("closed", _("closed"), Tone.ACCEPTED, final=True),
        State("cancelled", _("cancelled"), Tone.EXEMPT, final=True),
    ),
    moves=(
        Move("open", _("Open"), ("drafted",), "opened", ("chair", "officer"), guard="has_schools", tone="main"),
        Move("close", _("Close"), ("opened",), "closed", ("chair", "officer")),
        Move("cancel", _("Cancel"), ("drafted",), "cancelled", ("chair", "officer"), needs_reason=True, tone="stop"),
    ),
)

SCHOOL_ROLES = {"head": _("head"), "clerk": _("clerk")}
COMMITTEE_ROLES = {"chair": _("chair"), "officer": _("officer")}

FILING_FLOW = Flow(
    name="filing",
    label=_("Filing"),
    roles={**SCHOOL_ROLES, **COMMITTEE_ROLES},
    states=(
        State("addressed", _("to fill in"), Tone.TO_DO),
        State("started", _("being filled in"), Tone.IN_PROGRESS),
        State("approval_requested", _("with the head"), Tone.WITH_HEAD),
        State("filed", _("to be checked"), Tone.WITH_COMMITTEE),
        State("taken_up", _("being checked"), Tone.WITH_COMMITTEE),
        State("returned", _("returned"), Tone.RETURNED),
        State("accepted", _("accepted"), Tone.ACCEPTED, final=True),
        State("refused", _("refused"), Tone.OVERDUE, final=True),
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
            "send_back", _("Give back to the clerk"), ("approval_requested",), "started", ("head",), needs_reason=True,
        ),
        Move("recall", _("Take back"), ("approval_requested",), "started", ("clerk",)),
        Move("file", _("Approve and file"), ("approval_requested",), "filed", ("head",), guard="complete", tone="main"),
        Move("withdraw", _("Withdraw"), ("filed",), "started", ("head",), needs_reason=True),
        Move("take_up", _("Take up"), ("filed",), "taken_up", ("officer", "chair"), tone="main"),
        Move(
            "return_items", _("Return"), ("filed", "taken_up"), "returned", ("officer", "chair"), guard="items_named",
            tone="stop",
        ),
        Move("accept", _("Accept"), ("filed", "taken_up"), "accepted", ("officer", "chair"), tone="main"),
        Move(
            "refuse", _("Refuse"), ("filed", "taken_up"), "refused", ("chair", "officer"), needs_reason=True,
            tone="stop",
        ),
    ),
)  # fmt: skip

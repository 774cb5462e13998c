"""The flow of a question between the commission and a committee about a call or its table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.workflow.flow import Flow, Move, State, Tone

TALK_FLOW = Flow(
    name="talk",
    label=_("Comment"),
    roles={"commission": _("education commission"), "chair": _("chair"), "officer": _("officer")},
    states=(
        State("begun", _("being written"), Tone.IN_PROGRESS),
        State("with_committee", _("the committee answers"), Tone.WITH_COMMITTEE),
        State("with_commission", _("the commission answers"), Tone.WITH_HEAD),
        State("closed", _("closed"), Tone.ACCEPTED, final=True),
    ),
    moves=(
        Move(
            "ask", _("Comment"), ("begun", "with_committee", "with_commission"), "with_committee", ("commission",),
            needs_reason=True, tone="main",
        ),
        Move(
            "answer", _("Answer"), ("begun", "with_committee", "with_commission"), "with_commission", ("chair", "officer"),
            needs_reason=True, tone="main",
        ),
        Move(
            "close", pgettext_lazy("comment", "Close"), ("with_committee", "with_commission"), "closed",
            ("commission", "chair", "officer"),
            guard="own_question",
        ),
    ),
)  # fmt: skip

"""The flow of a standardisation evaluation: from a standard to an award, its re-inspection and its end."""

from django.utils.translation import gettext_lazy as _

from committees.workflow.flow import SYSTEM, Flow, Move, State, Text, Tone

ROLES: dict[str, Text] = {
    "school": _("school"), "secretariat": _("secretariat"), "committee": _("committee"), "panel": _("panel"),
    "association": _("association"), SYSTEM: _("the system"),
}  # fmt: skip

EVALUATION_FLOW = Flow(
    name="evaluation",
    label=_("Evaluation"),
    roles=ROLES,
    states=(
        State("draft_standard", _("standard being drafted"), Tone.IN_PROGRESS),
        State("published", _("standard published"), Tone.TO_DO),
        State("self_evaluation", _("in self-evaluation"), Tone.IN_PROGRESS),
        State("applied", _("applied for"), Tone.WITH_COMMITTEE),
        State("qualification_check", _("qualification being checked"), Tone.WITH_COMMITTEE),
        State("material_review", _("materials under review"), Tone.WITH_COMMITTEE),
        State("on_site", _("on site"), Tone.WITH_COMMITTEE),
        State("panel_opinion", _("opinion given"), Tone.WITH_COMMITTEE),
        State("rectification", _("being put right"), Tone.RETURNED),
        State("public_notice", _("under public notice"), Tone.PUBLISHED),
        State("confirmed", _("confirmed"), Tone.ACCEPTED),
        State("awarded", _("awarded"), Tone.ACCEPTED, final=True),
        State("reinspection", _("under re-inspection"), Tone.CORRECTING),
        State("expired", _("expired"), Tone.EXEMPT, final=True),
        State("revoked", _("revoked"), Tone.OVERDUE, final=True),
        State("rejected", _("rejected"), Tone.OVERDUE, final=True),
        State("withdrawn", _("withdrawn"), Tone.EXEMPT, final=True),
    ),
    moves=(
        Move("publish_standard", _("Publish the standard"), ("draft_standard",), "published", ("committee",), tone="main"),
        Move("begin", _("Begin the self-evaluation"), ("published",), "self_evaluation", ("school",), tone="main"),
        # Every item scored, evidence attached, no veto failed, signed by the leader.
        Move(
            "apply", _("Apply"), ("self_evaluation",), "applied", ("school",), guard="self_evaluation_complete",
            tone="main",
        ),
        Move(
            "withdraw", _("Withdraw"), ("applied", "qualification_check", "material_review"), "withdrawn", ("school",),
            needs_reason=True,
        ),
        Move("check", _("Check the qualification"), ("applied",), "qualification_check", ("secretariat",), tone="main"),
        Move("admit", _("Admit"), ("qualification_check",), "material_review", ("committee",), tone="main"),
        Move("reject", _("Reject"), ("qualification_check",), "rejected", ("committee",), needs_reason=True, tone="stop"),
        # At least three experts, avoidance passed, all marked.
        Move("visit", _("Go on site"), ("material_review",), "on_site", ("panel",), guard="panel_ready", tone="main"),
        Move("conclude", _("Give the opinion"), ("on_site",), "panel_opinion", ("panel",), guard="visit_recorded", tone="main"),
        Move(
            "ask_to_rectify", _("Ask to put right"), ("panel_opinion",), "rectification", ("panel",), guard="curable",
            needs_reason=True, tone="stop",
        ),
        Move(
            "report_rectified", _("Report as put right"), ("rectification",), "on_site", ("school",), guard="within_deadline",
            tone="main",
        ),
        Move("announce", _("Give public notice"), ("panel_opinion",), "public_notice", ("committee",), tone="main"),
        # Five working days (or seven) without a standing objection.
        Move("confirm", _("Confirm"), ("public_notice",), "confirmed", ("association",), guard="notice_over", tone="main"),
        # A document number, a plaque or certificate number.
        Move("award", _("Award"), ("confirmed",), "awarded", ("association",), guard="numbers_given", tone="main"),
        Move(
            "reinspect", _("Inspect again"), ("awarded",), "reinspection", ("committee",), guard="inspection_due",
            reopens=True,
        ),
        Move("uphold", _("Uphold"), ("reinspection",), "awarded", ("committee",), tone="main"),
        Move("revoke", _("Revoke"), ("reinspection",), "revoked", ("association",), needs_reason=True, tone="stop"),
        Move("expire", _("Let expire"), ("awarded",), "expired", (SYSTEM,), guard="validity_over", reopens=True),
    ),
)  # fmt: skip

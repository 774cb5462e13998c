"""The evaluation table holds every transition that the platform's reference names, and no shortcut to an award."""

from itertools import pairwise

import pytest

from committees.evaluations.flows import EVALUATION_FLOW
from committees.workflow.flow import SYSTEM

pytestmark = pytest.mark.requirement("S9-53")

#: from, to, who (reference: state machines, evaluation).
TRANSITIONS = (
    ("draft_standard", "published", "committee"), ("published", "self_evaluation", "school"),
    ("self_evaluation", "applied", "school"), ("applied", "withdrawn", "school"),
    ("applied", "qualification_check", "secretariat"), ("qualification_check", "material_review", "committee"),
    ("qualification_check", "rejected", "committee"), ("material_review", "on_site", "panel"),
    ("on_site", "panel_opinion", "panel"), ("panel_opinion", "rectification", "panel"),
    ("rectification", "on_site", "school"), ("panel_opinion", "public_notice", "committee"),
    ("public_notice", "confirmed", "association"), ("confirmed", "awarded", "association"),
    ("awarded", "reinspection", "committee"), ("reinspection", "awarded", "committee"),
    ("reinspection", "revoked", "association"), ("awarded", "expired", SYSTEM),
)  # fmt: skip


def test_every_transition_is_there_with_its_actor() -> None:
    table = {
        (source, move.lead(source), who)
        for move in EVALUATION_FLOW.moves
        for source in move.sources
        for who in move.who
    }
    assert set(TRANSITIONS) <= table
    more = {(source, target) for source, target, _who in table - set(TRANSITIONS)}
    assert more == {("qualification_check", "withdrawn"), ("material_review", "withdrawn")}, (
        "withdrawal up to the visit"
    )


def test_no_award_without_visit_opinion_and_public_notice() -> None:
    """Taking any one of these states away cuts the way to the award."""
    chain = ("applied", "material_review", "on_site", "panel_opinion", "public_notice", "confirmed", "awarded")
    for without in chain[:-1]:
        seen, queue = {EVALUATION_FLOW.initial}, [EVALUATION_FLOW.initial]
        while queue:
            here = queue.pop()
            for there in {move.lead(here) for move in EVALUATION_FLOW.moves_from(here)} - seen - {without}:
                seen.add(there)
                queue.append(there)
        assert "awarded" not in seen, without
    assert all(any(move.lead(a) == b for move in EVALUATION_FLOW.moves_from(a)) for a, b in pairwise(chain[2:]))


def test_what_must_be_given_a_reason() -> None:
    asked = {move.name for move in EVALUATION_FLOW.moves if move.needs_reason}
    assert asked == {"withdraw", "reject", "ask_to_rectify", "revoke"}

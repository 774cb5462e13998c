"""What an invitation offers, in words; upper rooms put the words for their kinds here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.models import AssociationRole, Invitation, InvitationKind, SchoolRole


@dataclass(frozen=True)
class Offer:
    """`place` is where (a school, a committee, the association), `role` what."""

    place: str | Promise
    role: str | Promise


#: Words by kind. The roster adds seats.
WORDS: dict[str, Callable[[Invitation], Offer]] = {}


def offer_of(invitation: Invitation) -> Offer:
    """The words for one invitation."""
    if invitation.kind == InvitationKind.MEMBERSHIP and invitation.school is not None:
        return Offer(invitation.school.name, SchoolRole(invitation.role).label)
    if invitation.kind == InvitationKind.POST:
        return Offer(_("The association"), AssociationRole(invitation.role).label)
    return WORDS[invitation.kind](invitation)

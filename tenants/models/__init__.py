"""Schools and people (`register`), and how people get in (`access`)."""

from tenants.models.access import EntryTicket, Invitation, InvitationKind, ResetCode, SecurityAction, SecurityEvent, SignIn
from tenants.models.register import (
    THREE_ADMINS,
    AssociationPost,
    AssociationRole,
    Dated,
    Domain,
    Membership,
    RetiredCode,
    School,
    SchoolRole,
    SchoolState,
    SchoolType,
    TemplateStatement,
    User,
    UserManager,
)

__all__ = [
    "THREE_ADMINS",
    "AssociationPost",
    "AssociationRole",
    "Dated",
    "Domain",
    "EntryTicket",
    "Invitation",
    "InvitationKind",
    "Membership",
    "ResetCode",
    "RetiredCode",
    "School",
    "SchoolRole",
    "SchoolState",
    "SchoolType",
    "SecurityAction",
    "SecurityEvent",
    "SignIn",
    "TemplateStatement",
    "User",
    "UserManager",
]

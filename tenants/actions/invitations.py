"""Invitations are made, renewed, revoked and accepted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tenants.actions.posts import PostRefused, grant_membership, grant_post
from tenants.actions.security import record_event
from tenants.models import Invitation, InvitationKind, School, SecurityAction, User
from tenants.signin.codes import code_for, code_hash

PURPOSE = "invitation"
#: What accepting does, by kind. Upper rooms put theirs here (the roster: seats).
ACCEPT: dict[str, Callable[[Invitation, User, datetime], object]] = {}


class InvitationRefused(ValueError):
    """An invitation is used, revoked or too old, or gives a post that cannot be given."""


def invite(
    *, kind: InvitationKind, role: str, name: str, phone: str = "", email: str = "", post: str = "", starts_on: date,
    ends_on: date | None = None, school: School | None = None, scope: str = "", by: User | None, at: datetime,
) -> Invitation:  # fmt: skip
    """Offer a post. Works without mail: the page shows link and code; with an address the link is sent as well."""
    row = Invitation(
        kind=kind, school=school, scope=scope, role=role, post=post, name=name, phone=phone, email=email,
        starts_on=starts_on, ends_on=ends_on, made_by=by, made_at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )  # fmt: skip
    row.code_hash = code_hash(PURPOSE, invitation_code(row))
    with transaction.atomic():
        row.save()
        record_event(
            action=SecurityAction.INVITED,
            user=by,
            at=at,
            school=school,
            kind=kind,
            role=role,
            invitation=str(row.public_id),
        )
        _send(row)
    return row


def invitation_code(row: Invitation) -> str:
    """The code of an invitation, as it is now."""
    return code_for(PURPOSE, f"{row.public_id}:{row.serial}")


def invitation_link(row: Invitation) -> str:
    """The whole address that accepts an invitation."""
    return f"{settings.ASSOCIATION_URL}/accounts/invitation/{invitation_code(row)}/"


def renew_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """A new code, for another week; the old one opens nothing any more."""
    with transaction.atomic():
        row = _locked(invitation)
        row.serial += 1
        row.code_hash = code_hash(PURPOSE, invitation_code(row))
        row.expires_at = at + timedelta(days=settings.INVITATION_DAYS)
        row.save(update_fields=["serial", "code_hash", "expires_at"])
        _note(SecurityAction.INVITATION_RENEWED, row, by, at)
        _send(row)
    return row


def revoke_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take an invitation back; repeating it changes nothing. Raises `InvitationRefused` once it is accepted."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if row.accepted_at:
            raise InvitationRefused(_("This invitation has been accepted."))
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = at, by
            row.save(update_fields=["revoked_at", "revoked_by"])
            _note(SecurityAction.INVITATION_REVOKED, row, by, at)
    return row


def accept_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take the offered post, once. Raises `InvitationRefused` when it is used, revoked, too old or cannot be given."""
    with transaction.atomic():
        row = _locked(invitation)
        if row.expires_at <= at:
            raise InvitationRefused(_("This invitation is too old. Ask for a new one."))
        try:
            _take(row, by, at)
        except PostRefused as refusal:
            raise InvitationRefused(str(refusal.reason)) from refusal
        row.accepted_at, row.accepted_by = at, by
        row.save(update_fields=["accepted_at", "accepted_by"])
        _note(SecurityAction.INVITATION_ACCEPTED, row, by, at)
    return row


def _take(row: Invitation, by: User, at: datetime) -> None:
    if row.kind == InvitationKind.MEMBERSHIP and row.school is not None:
        grant_membership(
            school=row.school, user=by, role=row.role, post=row.post, starts_on=row.starts_on, ends_on=row.ends_on,
            by=row.made_by, at=at,
        )  # fmt: skip
    elif row.kind == InvitationKind.POST:
        grant_post(user=by, role=row.role, starts_on=row.starts_on, by=row.made_by, at=at)
    else:
        ACCEPT[row.kind](row, by, at)


def _locked(invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at:
        raise InvitationRefused(_("This invitation has been used or taken back."))
    return row


def _note(action: SecurityAction, row: Invitation, by: User, at: datetime) -> None:
    record_event(
        action=action, user=by, at=at, school=row.school, kind=row.kind, role=row.role, invitation=str(row.public_id)
    )


def _send(row: Invitation) -> None:
    """In the transaction of what it tells: mails are jobs of the same database, so neither is there without the other."""
    if not row.email:
        return
    text = render_to_string("tenants/mails/invitation.txt", {"invitation": row, "link": invitation_link(row)})
    subject, _separator, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [row.email], fail_silently=True)

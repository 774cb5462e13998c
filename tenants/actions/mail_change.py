"""A new e-mail address: asked for, confirmed at the old and the new mailbox, then it holds."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tenants.actions.accounts import AccountRefused
from tenants.actions.security import record_event
from tenants.models import MailChange, SecurityAction, User
from tenants.signin.codes import code_for, code_hash

OLD, NEW = "mail-old", "mail-new"


def ask_mail_change(*, user: User, email: str, by: User, at: datetime) -> MailChange:
    """Ask both mailboxes; an earlier request opens nothing any more. Without an old address the new one alone decides,
    without a new one (`email` empty: no address any more) the old one.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        MailChange.objects.filter(user=user, done_at=None, revoked_at=None).update(revoked_at=at)
        row = MailChange(
            user=user, old_email=user.email, new_email=email, asked_at=at,
            expires_at=at + timedelta(hours=settings.MAIL_CHANGE_HOURS), new_confirmed_at=None if email else at,
        )  # fmt: skip
        row.new_hash = code_hash(NEW, code_for(NEW, str(row.public_id)))
        row.old_hash = code_hash(OLD, code_for(OLD, str(row.public_id))) if user.email else ""
        row.old_confirmed_at = None if user.email else at
        row.save()
        record_event(action=SecurityAction.MAIL_CHANGE_ASKED, user=by, at=at, person=str(user.public_id))
        _ask(row)
    return row


def mail_change_of(code: str, at: datetime) -> MailChange | None:
    """The open request to which a code from one of the two mails belongs."""
    by_code = Q(old_hash=code_hash(OLD, code)) | Q(new_hash=code_hash(NEW, code))
    rows = MailChange.objects.filter(by_code, done_at=None, revoked_at=None, expires_at__gt=at)
    return rows.select_related("user").first()


def confirm_mail_change(*, change: MailChange, code: str, at: datetime) -> MailChange:
    """One mailbox says yes; with the second yes the address changes. Raises `AccountRefused` when it cannot be used."""
    with transaction.atomic():
        row = MailChange.objects.select_for_update().select_related("user").get(pk=change.pk)
        if row.done_at or row.revoked_at or row.expires_at <= at:
            raise AccountRefused(_("This link was used or is too old."))
        if row.old_hash and row.old_hash == code_hash(OLD, code):
            row.old_confirmed_at = row.old_confirmed_at or at
        if row.new_hash == code_hash(NEW, code):
            row.new_confirmed_at = row.new_confirmed_at or at
        if row.old_confirmed_at and row.new_confirmed_at:
            _change(row, at)
        row.save(update_fields=["old_confirmed_at", "new_confirmed_at", "done_at"])
    return row


def _change(row: MailChange, at: datetime) -> None:
    try:
        with transaction.atomic():
            User.objects.filter(pk=row.user_id).update(email=row.new_email)
    except IntegrityError as error:
        raise AccountRefused(_("This e-mail cannot be used. Ask the secretary.")) from error
    row.done_at = at
    record_event(action=SecurityAction.MAIL_CHANGED, user=row.user, at=at)


def _ask(row: MailChange) -> None:
    """In the same transaction, as in invitations."""
    for purpose, address in ((OLD, row.old_email), (NEW, row.new_email)):
        if address:
            link = f"{settings.ASSOCIATION_URL}/accounts/mail/{code_for(purpose, str(row.public_id))}/"
            text = render_to_string("tenants/mails/mail_change.txt", {"change": row, "link": link})
            subject, _separator, body = text.strip().partition("\n")
            send_mail(subject.strip(), body.strip() + "\n", None, [address], fail_silently=True)

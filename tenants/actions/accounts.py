"""Accounts begin with an invitation; contact details change; a lost password is replaced by a code."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenants.actions.invitations import accept_invitation
from tenants.actions.security import record_event
from tenants.actions.signins import end_other_sign_ins
from tenants.clock import local_day
from tenants.models import Invitation, ResetCode, SecurityAction, User
from tenants.rules import may_reset
from tenants.signin.codes import code_for, code_hash
from tenants.signin.doors import standings
from tenants.verdicts import Refused

PURPOSE = "reset"


class AccountRefused(ValueError):
    """An account cannot be made or changed so; the text says why, for a person."""


def open_account(*, invitation: Invitation, account: str, name: str, password: str, at: datetime) -> User:
    """Make an account and accept the invitation with it, both or neither.

    Phone and e-mail come from the invitation, each only where no other account has it: the page must not tell whoever
    holds an invitation which numbers have accounts. Raises `AccountRefused` for a taken account name.
    """
    with transaction.atomic():
        contacts = {"phone": invitation.phone, "email": invitation.email}
        free = {kind: value for kind, value in contacts.items() if value and not _taken(kind, value)}
        try:
            with transaction.atomic():
                user = User.objects.create_user(account, password, name=name, **free)
        except IntegrityError as error:
            raise AccountRefused(_("This account name is taken.")) from error
        accept_invitation(invitation=invitation, by=user, at=at)
    return user


def change_contacts(*, user: User, name: str, phone: str, by: User, at: datetime) -> User:
    """A person's name and phone (e-mail: tenants/actions/mail_change.py). Raises `AccountRefused` for a taken phone."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        changed = [kind for kind, new in {"name": name, "phone": phone}.items() if getattr(row, kind) != new]
        row.name, row.phone = name, phone
        try:
            with transaction.atomic():
                row.save(update_fields=["name", "phone"])
        except IntegrityError as error:
            raise AccountRefused(_("This phone number cannot be used. Ask the secretary.")) from error
        if changed:
            record_event(action=SecurityAction.CONTACT_CHANGED, user=by, at=at, changed=changed)
    return row


def make_reset_code(*, person: User, by: User, at: datetime) -> ResetCode:
    """A code that sets a new password, once, within a day; earlier ones open nothing. Raises `AccountRefused`."""
    day = local_day(at)
    verdict = may_reset(by, person, day, seated=bool(standings(person, day)))
    if isinstance(verdict, Refused):
        raise AccountRefused(str(verdict.reason))
    with transaction.atomic():
        ResetCode.objects.filter(user=person, used_at=None, revoked_at=None).update(revoked_at=at)
        row = ResetCode(user=person, made_by=by, made_at=at, expires_at=at + timedelta(hours=settings.RESET_CODE_HOURS))
        row.code_hash = code_hash(PURPOSE, reset_code(row))
        row.save()
        record_event(action=SecurityAction.RESET_MADE, user=by, at=at, person=str(person.public_id))
    return row


def reset_code(row: ResetCode) -> str:
    """The code, as it is typed."""
    return code_for(PURPOSE, str(row.public_id))


def reset_link(row: ResetCode) -> str:
    """The whole address that sets a new password."""
    return f"{settings.ASSOCIATION_URL}/accounts/code/{reset_code(row)}/"


def use_reset_code(*, code: ResetCode, password: str, at: datetime) -> User:
    """Set the new password, end every sign-in of the person. Raises `AccountRefused` for a spent code."""
    with transaction.atomic():
        row = ResetCode.objects.select_for_update().select_related("user").get(pk=code.pk)
        if row.used_at or row.revoked_at or row.expires_at <= at:
            raise AccountRefused(_("This code was used or is too old. Ask for a new one."))
        row.used_at = at
        row.save(update_fields=["used_at"])
        user: Any = row.user
        user.set_password(password)
        user.save(update_fields=["password"])
        end_other_sign_ins(user=user, session=None, by=user, at=at)
        record_event(action=SecurityAction.RESET_USED, user=user, at=at)
    return row.user


def _taken(kind: str, value: str) -> bool:
    return User.objects.filter(**{kind: value}).exists()

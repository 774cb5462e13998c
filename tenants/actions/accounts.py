"""Accounts begin with an invitation; contact details change; a lost password is replaced by a code."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenants.actions.invitations import accept_invitation
from tenants.actions.posts import grant_membership, grant_post
from tenants.actions.security import record_event
from tenants.actions.signins import end_other_sign_ins
from tenants.clock import local_day
from tenants.models import AssociationPost, Invitation, Membership, ResetCode, SecurityAction, User
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


def close_account(*, person: User, by: User, at: datetime, merged_into: User | None = None) -> None:
    """Nobody signs in with it any more, whoever is signed in is out with the next request; its history stays."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=person.pk)
        row.is_active = False
        row.save(update_fields=["is_active"])
        end_other_sign_ins(user=row, session=None, by=by, at=at)
        facts: dict[str, Any] = {"into": str(merged_into.public_id)} if merged_into else {}
        action = SecurityAction.ACCOUNTS_MERGED if merged_into else SecurityAction.ACCOUNT_CLOSED
        record_event(action=action, user=by, at=at, person=str(row.public_id), **facts)


def reopen_account(*, person: User, by: User, at: datetime) -> None:
    """A closed account opens again, with the posts it still holds."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_active=True)
        record_event(action=SecurityAction.ACCOUNT_REOPENED, user=by, at=at, person=str(person.public_id))


def merge_accounts(*, kept: User, closed: User, by: User, at: datetime) -> None:
    """Two accounts of one person: posts in schools and at the association go to `kept`, `closed` is closed.

    A post that `kept` holds already ends today for `closed`. Seats move by the roster's own pages. What was signed with
    the closed account keeps its name. Raises `PostRefused` where one hand would hold two of the three administrators.
    """
    day = local_day(at)
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk__in=sorted([kept.pk, closed.pk])))
        for held in Membership.objects.filter(user=closed, ends_on=None).select_related("school"):
            if not Membership.objects.filter(user=kept, school=held.school, role=held.role, ends_on=None).exists():
                grant_membership(
                    school=held.school, user=kept, role=held.role, post=held.post, starts_on=day, by=by, at=at
                )
            Membership.objects.filter(pk=held.pk).update(ends_on=max(day, held.starts_on))
        for post in AssociationPost.objects.filter(user=closed, ends_on=None):
            AssociationPost.objects.filter(pk=post.pk).update(ends_on=max(day, post.starts_on))
            if not AssociationPost.objects.filter(user=kept, role=post.role, ends_on=None).exists():
                grant_post(user=kept, role=post.role, starts_on=day, by=by, at=at)
        close_account(person=closed, by=by, at=at, merged_into=kept)


def _taken(kind: str, value: str) -> bool:
    return User.objects.filter(**{kind: value}).exists()

"""Accounts are closed, opened again and merged, a lost second step is taken away: with a reason, logged and told."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tenants.actions.accounts import AccountRefused
from tenants.actions.posts import grant_membership, grant_post
from tenants.actions.second_step import drop_second_step
from tenants.actions.security import record_event
from tenants.actions.signins import end_other_sign_ins
from tenants.clock import local_day
from tenants.models import AssociationPost, Membership, SecurityAction, User
from tenants.rules import may_keep_account
from tenants.verdicts import Refused


def close_account(*, person: User, reason: str, by: User, at: datetime) -> None:
    """Nobody signs in with it any more, whoever is signed in is out with the next request; its history stays.
    Raises `AccountRefused`."""
    with transaction.atomic():
        row = _kept(person, by, at)
        _shut(row, by, at)
        record_event(
            action=SecurityAction.ACCOUNT_CLOSED, user=by, at=at, person=str(row.public_id), reason=_said(reason)
        )
        _tell(row, "closed", reason, by)


def reopen_account(*, person: User, reason: str, by: User, at: datetime) -> None:
    """A closed account opens again, with the posts it still holds. Raises `AccountRefused`."""
    with transaction.atomic():
        row = _kept(person, by, at, is_open=False)
        row.is_active = True
        row.save(update_fields=["is_active"])
        facts: dict[str, Any] = {"person": str(row.public_id), "reason": _said(reason)}
        record_event(action=SecurityAction.ACCOUNT_REOPENED, user=by, at=at, **facts)
        _tell(row, "reopened", reason, by)


def merge_accounts(*, kept: User, closed: User, reason: str, by: User, at: datetime) -> None:
    """Two accounts of one person: posts in schools and at the association go to `kept`, `closed` is closed.

    A post that `kept` holds already ends today for `closed`; phone and e-mail go over where `kept` has none. Seats move
    by the roster's own pages. What was signed with the closed account keeps its name. Raises `PostRefused` where one
    hand would hold two of the three administrators, `AccountRefused`.
    """
    if kept.pk == closed.pk:
        raise AccountRefused(_("This is the same account. Give the other one."))
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk__in=[kept.pk, closed.pk]).order_by("pk"))
        stays, goes = _kept(kept, by, at), _kept(closed, by, at)
        _move_posts(stays, goes, by, at)
        moved = _move_contacts(stays, goes)
        _shut(goes, by, at)
        facts: dict[str, Any] = {"person": str(goes.public_id), "into": str(stays.public_id), "reason": _said(reason)}
        facts |= {"changed": moved} if moved else {}
        record_event(action=SecurityAction.ACCOUNTS_MERGED, user=by, at=at, **facts)
        _tell(stays, "merged", reason, by, other=goes)


def reset_second_step(*, person: User, reason: str, by: User, at: datetime) -> None:
    """Phone and recovery codes are lost: the second step goes, every sign-in ends; whose post asks for one sets up a new
    one at the next sign-in. Raises `AccountRefused`."""
    with transaction.atomic():
        row = _kept(person, by, at)
        if not Authenticator.objects.filter(user=row).exists():
            raise AccountRefused(_("%(name)s has no second step switched on.") % {"name": row.name})
        drop_second_step(user=row, session=None, by=by, at=at, reason=_said(reason))
        _tell(row, "second_step", reason, by)


def _kept(person: User, by: User, at: datetime, *, is_open: bool = True) -> User:
    """The account, locked, when it may be changed by this person and stands as was thought. Raises `AccountRefused`."""
    verdict = may_keep_account(by, person, local_day(at))
    if isinstance(verdict, Refused):
        raise AccountRefused(str(verdict.reason))
    row = User.objects.select_for_update().get(pk=person.pk)
    if row.is_active != is_open:
        words = _("The account %(account)s is closed.") if is_open else _("The account %(account)s is open already.")
        raise AccountRefused(words % {"account": row.account})
    return row


def _shut(row: User, by: User, at: datetime) -> None:
    row.is_active = False
    row.save(update_fields=["is_active"])
    end_other_sign_ins(user=row, session=None, by=by, at=at)


def _move_posts(kept: User, closed: User, by: User, at: datetime) -> None:
    day = local_day(at)
    for held in Membership.objects.filter(user=closed, ends_on=None).select_related("school"):
        if not Membership.objects.filter(user=kept, school=held.school, role=held.role, ends_on=None).exists():
            grant_membership(school=held.school, user=kept, role=held.role, post=held.post, starts_on=day, by=by, at=at)
        Membership.objects.filter(pk=held.pk).update(ends_on=max(day, held.starts_on))
    for post in AssociationPost.objects.filter(user=closed, ends_on=None):
        AssociationPost.objects.filter(pk=post.pk).update(ends_on=max(day, post.starts_on))
        if not AssociationPost.objects.filter(user=kept, role=post.role, ends_on=None).exists():
            grant_post(user=kept, role=post.role, starts_on=day, by=by, at=at)


def _move_contacts(kept: User, closed: User) -> list[str]:
    """Phone and e-mail that only the closed one has; each stands in one account at most. Which were moved."""
    moved = {kind: getattr(closed, kind) for kind in ("phone", "email") if getattr(closed, kind)}
    moved = {kind: value for kind, value in moved.items() if not getattr(kept, kind)}
    for row, values in ((closed, dict.fromkeys(moved, "")), (kept, moved)):
        for kind, value in values.items():
            setattr(row, kind, value)
        row.save(update_fields=list(values))
    return sorted(moved)


def _said(reason: str) -> str:
    if not reason.strip():
        raise AccountRefused(_("Say why: it stands in the list and in the log."))
    return reason.strip()


def _tell(row: User, what: str, reason: str, by: User, other: User | None = None) -> None:
    """A mail to the person, and to the mailbox of the account that goes; as jobs of the same transaction."""
    context: dict[str, Any] = {"person": row, "what": what, "reason": reason.strip(), "by": by, "other": other}
    for address in {row.email, other.email if other else ""} - {""}:
        subject, _line, body = render_to_string("tenants/mails/account.txt", context).strip().partition("\n")
        send_mail(subject.strip(), body.strip() + "\n", None, [address], fail_silently=True)

"""Posts are given, changed and ended: in a school and at the association."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.actions.security import record_event
from tenants.clock import local_day
from tenants.models import AssociationPost, Membership, School, SecurityAction, User
from tenants.rules import may_end_membership, may_take_post
from tenants.verdicts import Refused


class PostRefused(ValueError):
    """A post cannot be given or ended so; the text says why, for a person."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


def grant_membership(
    *, school: School, user: User, role: str, post: str = "", starts_on: date, ends_on: date | None = None,
    by: User | None, at: datetime,
) -> Membership:  # fmt: skip
    """Give a person a post in a school. Raises `PostRefused` when they hold it already."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Membership.objects.create(
                    school=school, user=user, role=role, post=post, starts_on=starts_on, ends_on=ends_on
                )
        except IntegrityError as error:
            raise PostRefused(_("%(name)s holds this role already.") % {"name": user.name}) from error
        _note(SecurityAction.MEMBERSHIP_GRANTED, row, by=by, at=at)
    return row


def change_membership(*, membership: Membership, post: str, by: User, at: datetime) -> Membership:
    """Name a person's post anew; another role is another membership."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        row.post = post
        row.save(update_fields=["post"])
        _note(SecurityAction.MEMBERSHIP_CHANGED, row, by=by, at=at)
    return row


def end_membership(*, membership: Membership, ends_on: date, by: User, at: datetime) -> Membership:
    """The post holds until `ends_on`, that day included. Raises `PostRefused` for a school's last head.

    The school's row is locked first, so that of two heads who end each other at once one is refused.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=membership.school_id)
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        verdict = may_end_membership(row, ends_on)
        if isinstance(verdict, Refused):
            raise PostRefused(verdict.reason)
        if ends_on < row.starts_on:
            raise PostRefused(_("The last day lies before the first."))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        _note(SecurityAction.MEMBERSHIP_ENDED, row, by=by, at=at, until=ends_on.isoformat())
    return row


def restore_membership(*, membership: Membership, by: User, at: datetime) -> Membership:
    """Undo an end: the post holds until further notice again. Raises `PostRefused` when a newer one took its place."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        row.ends_on = None
        try:
            with transaction.atomic():
                row.save(update_fields=["ends_on"])
        except IntegrityError as error:
            raise PostRefused(_("%(name)s holds this role already.") % {"name": row.user.name}) from error
        _note(SecurityAction.MEMBERSHIP_GRANTED, row, by=by, at=at, undone=True)
    return row


def grant_post(*, user: User, role: str, starts_on: date, by: User | None, at: datetime) -> AssociationPost:
    """Give a person a role at the association. Raises `PostRefused` for two of the three administrators in one hand."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        verdict = may_take_post(user, role, local_day(at))
        if isinstance(verdict, Refused):
            raise PostRefused(verdict.reason)
        try:
            with transaction.atomic():
                row = AssociationPost.objects.create(user=user, role=role, starts_on=starts_on)
        except IntegrityError as error:
            raise PostRefused(_("%(name)s holds this role already.") % {"name": user.name}) from error
        record_event(action=SecurityAction.POST_GRANTED, user=by, at=at, role=role, person=str(user.public_id))
    return row


def end_post(*, post: AssociationPost, ends_on: date, by: User, at: datetime) -> AssociationPost:
    """The role holds until `ends_on`. The association's last system administrator stays."""
    with transaction.atomic():
        rows = AssociationPost.objects.select_for_update().filter(role=post.role, ends_on=None)
        others = [row for row in rows if row.pk != post.pk]
        if post.role == "system_admin" and not others:
            raise PostRefused(_("This is the last system administrator. Appoint another one first."))
        row = AssociationPost.objects.select_for_update().get(pk=post.pk)
        row.ends_on = max(ends_on, row.starts_on)
        row.save(update_fields=["ends_on"])
        record_event(action=SecurityAction.POST_ENDED, user=by, at=at, role=row.role, person=str(row.user.public_id))
    return row


def _note(action: SecurityAction, row: Membership, *, by: User | None, at: datetime, **facts: Any) -> None:
    person = str(row.user.public_id)
    record_event(action=action, user=by, at=at, school=row.school, role=row.role, person=person, **facts)

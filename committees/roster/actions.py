"""Seats on committees are given and ended."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from committees.roster.models import Committee, Seat
from tenants.actions.posts import PostRefused
from tenants.actions.security import record_event
from tenants.models import Invitation, SecurityAction, User


def grant_seat(
    *, committee: Committee, user: User, kind: str, task: str = "", starts_on: date, ends_on: date | None = None,
    by: User | None, at: datetime,
) -> Seat:  # fmt: skip
    """Give a person a seat for a term. Raises `PostRefused` when they hold it already."""
    with transaction.atomic():
        Committee.objects.select_for_update().get(pk=committee.pk)
        held = Seat.objects.filter(committee=committee, user=user, kind=kind)
        if held.exclude(ends_on__lt=starts_on).exists():
            raise PostRefused(_("%(name)s holds this seat already.") % {"name": user.name})
        try:
            with transaction.atomic():
                seat = Seat.objects.create(
                    committee=committee, user=user, kind=kind, task=task, starts_on=starts_on, ends_on=ends_on
                )
        except IntegrityError as error:
            raise PostRefused(_("%(name)s holds this seat already.") % {"name": user.name}) from error
        _note(SecurityAction.SEAT_GRANTED, seat, by, at)
    return seat


def end_seat(*, seat: Seat, ends_on: date, by: User, at: datetime) -> Seat:
    """The seat holds until `ends_on`, that day included; repeating it moves the day."""
    with transaction.atomic():
        row = Seat.objects.select_for_update().select_related("committee", "user").get(pk=seat.pk)
        if ends_on < row.starts_on:
            raise PostRefused(_("The last day lies before the first."))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        _note(SecurityAction.SEAT_ENDED, row, by, at)
    return row


def accept_seat(invitation: Invitation, user: User, at: datetime) -> Seat:
    """What accepting an invitation to a seat does (tenants.actions.invitations.ACCEPT)."""
    return grant_seat(
        committee=Committee.objects.get(code=invitation.scope), user=user, kind=invitation.role, task=invitation.post,
        starts_on=invitation.starts_on, ends_on=invitation.ends_on, by=invitation.made_by, at=at,
    )  # fmt: skip


def _note(action: SecurityAction, seat: Seat, by: User | None, at: datetime) -> None:
    person = str(seat.user.public_id)
    record_event(action=action, user=by, at=at, committee=seat.committee.code, seat=seat.kind, person=person)

"""Duties in the newsroom are given and ended by the secretary."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms.models.editing import NewsroomPost
from tenants.actions.posts import PostRefused
from tenants.actions.security import record_event
from tenants.models import SecurityAction, User


def grant_duty(
    *, user: User, duty: str, room: str, starts_on: date, ends_on: date | None = None, by: User, at: datetime
) -> NewsroomPost:
    """Give a person a duty for a section, or (empty) for the whole site. Raises PostRefused when they hold it already."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        held = NewsroomPost.objects.filter(user=user, duty=duty, room=room).exclude(ends_on__lt=starts_on)
        if held.exists():
            raise PostRefused(_("%(name)s has this duty already.") % {"name": user.name})
        try:
            with transaction.atomic():
                row = NewsroomPost.objects.create(
                    user=user, duty=duty, room=room, starts_on=starts_on, ends_on=ends_on
                )  # fmt: skip
        except IntegrityError as error:
            raise PostRefused(_("%(name)s has this duty already.") % {"name": user.name}) from error
        _note(SecurityAction.POST_GRANTED, row, by, at)
    return row


def end_duty(*, post: NewsroomPost, ends_on: date, by: User, at: datetime) -> NewsroomPost:
    """The duty holds until `ends_on`, that day included; repeating it moves the day. Raises PostRefused."""
    with transaction.atomic():
        row = NewsroomPost.objects.select_for_update().select_related("user").get(pk=post.pk)
        if ends_on < row.starts_on:
            raise PostRefused(_("The last day lies before the first."))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        _note(SecurityAction.POST_ENDED, row, by, at)
    return row


def _note(action: SecurityAction, post: NewsroomPost, by: User, at: datetime) -> None:
    until = {"until": post.ends_on.isoformat()} if post.ends_on else {}
    role, person = f"newsroom_{post.duty}", str(post.user.public_id)
    record_event(action=action, user=by, at=at, school=None, succeeded=True, role=role, person=person, **until)

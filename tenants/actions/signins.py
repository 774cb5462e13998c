"""Sign-ins begin, are seen and end; sessions of all hosts follow them."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from tenants.actions.security import record_event
from tenants.models import SecurityAction, SignIn, User
from tenants.signin.origin import current_origin
from tenants.signin.sessions import SIGN_IN


def begin_sign_in(*, session: Any, user: User, at: datetime, second_step: bool = False) -> SignIn:
    """A new sign-in, with or without a code besides the password; an earlier one of the same session ends."""
    if earlier := session.get(SIGN_IN):
        SignIn.objects.filter(pk=earlier, ended_at=None).update(ended_at=at)
    origin = current_origin()
    row = SignIn.objects.create(
        user=user, started_at=at, seen_at=at, address=origin.address, agent=origin.agent, second_step=second_step
    )
    session[SIGN_IN] = row.pk
    record_event(action=SecurityAction.SIGN_IN, user=user, at=at, second_step=second_step)
    return row


def touch_sign_in(*, sign_in: int, at: datetime) -> None:
    """The person is still there; the idle time-out counts from now."""
    SignIn.objects.filter(pk=sign_in, ended_at=None).update(seen_at=at)


def end_sign_in(*, session: Any, by: User | AnonymousUser, at: datetime) -> None:
    """Signing out: all sessions of this sign-in, on all hosts, end with their next request."""
    # Who it was is known only while the sign-in lives.
    known = by.is_authenticated
    ended = SignIn.objects.filter(pk=session.get(SIGN_IN), ended_at=None).update(ended_at=at)
    if ended and known:
        record_event(action=SecurityAction.SIGN_OUT, user=by, at=at)


def end_other_sign_ins(*, user: User, session: Any, by: User, at: datetime, only: SignIn | None = None) -> int:
    """End a person's sign-ins but the one of `session` (None: end all); returns how many. `only` limits it to one."""
    with transaction.atomic():
        open_ones = SignIn.objects.filter(user=user, ended_at=None)
        if session is not None:
            open_ones = open_ones.exclude(pk=session.get(SIGN_IN))
        if only is not None:
            open_ones = open_ones.filter(pk=only.pk)
        ended = open_ones.update(ended_at=at)
        if ended:
            record_event(action=SecurityAction.SIGN_IN_ENDED, user=by, at=at, person=str(user.public_id), count=ended)
    return ended

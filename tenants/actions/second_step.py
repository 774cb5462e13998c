"""The second step is switched on and off, its codes are spent."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db import transaction

from tenants.actions.security import record_event
from tenants.actions.signins import end_other_sign_ins
from tenants.models import SecurityAction, SignIn, User
from tenants.signin.second_step import matching_counter
from tenants.signin.sessions import SIGN_IN

#: Where an authenticator's row keeps the last half minute whose code was used.
USED = "used_counter"


def spend_code(*, user: User, code: str, at: datetime) -> Authenticator | None:
    """Use up a code of the app or a recovery code, each once; None when it is wrong or used.

    The row is locked, so that of two uses at once one wins. A code of the app is refused when a later one was used.
    """
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    with transaction.atomic():
        rows = list(Authenticator.objects.select_for_update().filter(user=user, type__in=kinds).order_by("-type"))
        found = next((row for row in rows if _spend(row, code)), None)
        if found is None:
            record_event(action=SecurityAction.SECOND_STEP_FAILED, user=user, at=at, succeeded=False)
        elif found.type == Authenticator.Type.RECOVERY_CODES:
            left = len(found.wrap().get_unused_codes())
            record_event(action=SecurityAction.RECOVERY_USED, user=user, at=at, left=left)
    return found


def prove_second_step(*, session: Any, user: User, code: str, at: datetime) -> None:
    """The app is set up: this sign-in has proved it, and the code that showed it is used."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(user=user, type=Authenticator.Type.TOTP)
        _spend(row, code)
        SignIn.objects.filter(pk=session.get(SIGN_IN), user=user).update(second_step=True)
        # Whoever had signed in elsewhere by password alone would otherwise stay in.
        end_other_sign_ins(user=user, session=session, by=user, at=at)
        record_event(action=SecurityAction.SECOND_STEP_ON, user=user, at=at)


def drop_second_step(*, user: User, session: Any, by: User, at: datetime, reason: str = "") -> None:
    """Without the second step every other sign-in of the person ends; this one counts as proved by password only.
    `reason`: why somebody else takes it away."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        SignIn.objects.filter(user=user, ended_at=None).update(second_step=False)
        end_other_sign_ins(user=user, session=session, by=by, at=at)
        facts: dict[str, Any] = {"reason": reason} if reason else {}
        record_event(action=SecurityAction.SECOND_STEP_OFF, user=by, at=at, person=str(user.public_id), **facts)


def _spend(row: Authenticator, code: str) -> bool:
    if row.type == Authenticator.Type.RECOVERY_CODES:
        # allauth takes the row anew, under our lock; the caller asks this object how many are left.
        used = bool(row.wrap().validate_code(code))
        row.refresh_from_db()
        return used
    counter = matching_counter(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(USED, 0):
        return False
    row.data[USED] = counter
    row.save(update_fields=["data"])
    return True

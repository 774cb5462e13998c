"""Writes on a call in preparation that are no moves: its wording, dates and disclosure."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.filings.models import Call, FormVersion
from committees.filings.rules import call_roles
from committees.workflow.advance import MoveRefused
from tenants.models import User


def change_call(
    *,
    call: Call,
    kind: str,
    form: FormVersion,
    period: str,
    title_zh: str,
    title_en: str,
    opens_on: date,
    due_on: date,
    disclosure: str,
    text: str,
    attribution: str,
    by: User,
    at: datetime,
) -> Call:
    """Change a call before it is opened; afterwards every school has read it and nothing of it changes any more.

    Raises MoveRefused for people without a deciding seat, and once the call is open.
    """
    with transaction.atomic():
        locked = Call.objects.select_for_update(of=("self",)).select_related("committee").get(pk=call.pk)
        if not call_roles(locked, by, at) & {"chair", "officer"}:
            raise MoveRefused(_("This is not yours to do."), code="role")
        if locked.state != "drafted":
            raise MoveRefused(_("This call is no draft any more; schools have read it as it is."), code="stale")
        locked.kind, locked.form, locked.period = kind, form, period
        locked.title_zh, locked.title_en, locked.text = title_zh, title_en, text
        locked.opens_on, locked.due_on = opens_on, due_on
        locked.disclosure, locked.attribution = disclosure, attribution
        locked.save()
    return locked

"""Countersigning a year's table."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.commission.models import Countersignature
from committees.commission.queries import digest_of_table
from committees.filings.models import Call
from tenants.clock import local_day
from tenants.models import AssociationRole, User
from tenants.queries import association_roles


class CountersignRefused(ValueError):
    """A table cannot be countersigned now; the text says why, for a person."""


def countersign(*, call: Call, seen: str, by: User, at: datetime) -> Countersignature:
    """Put the commission's name under the figures as they stand. `seen` is the digest that the person had before them:
    when an acceptance has moved the figures meanwhile, or the call still runs, it is refused. Repeating changes nothing.

    Raises CountersignRefused.
    """
    with transaction.atomic():
        # The same lock as an acceptance takes: the figures stand still until we have signed them.
        locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        if AssociationRole.COMMISSION not in association_roles(by, local_day(at)):
            raise CountersignRefused(_("This is not yours to do."))
        if locked.state != "closed":
            raise CountersignRefused(_("The committee has not closed this call yet; its figures still move."))
        now, counted = digest_of_table(locked)
        if seen != now:
            raise CountersignRefused(_("The figures have changed while you looked. Read them again, then countersign."))
        made, _new = Countersignature.objects.get_or_create(
            call=locked, digest=now, defaults={"counted": counted, "by": by, "at": at}
        )
    return made

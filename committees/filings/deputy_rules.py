"""Who may stand in for a head, and for how long."""

from datetime import date

from django.utils.translation import gettext as _

from committees.filings.models import Deputy
from tenants.models import School, User
from tenants.queries import roles_in
from tenants.verdicts import Allowed, Refused, Verdict

#: The longest time for which somebody stands in, in days.
MOST_DAYS = 184


def may_name_deputy(school: School, head: User, deputy: User, starts_on: date, ends_on: date, today: date) -> Verdict:
    """A head names somebody with a post in the school, other than himself, from today on, for at most MOST_DAYS days, and
    once for the same days."""
    if "head" not in roles_in(head, school, today):
        return Refused(_("Only a head names a deputy."))
    if deputy.pk == head.pk:
        return Refused(_("Name somebody else."))
    if not roles_in(deputy, school, today) & {"head", "clerk"}:
        return Refused(_("Only somebody with a post as head or clerk in the school can stand in."))
    if ends_on < starts_on or starts_on < today:
        return Refused(_("The time begins today or later, and ends on or after its first day."))
    if (ends_on - starts_on).days >= MOST_DAYS:
        return Refused(_("At most %(days)s days at a time.") % {"days": MOST_DAYS})
    taken = Deputy.objects.filter(school=school, head=head, deputy=deputy, ended_at__isnull=True)
    if taken.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        return Refused(_("This person stands in for you on some of these days already."))
    return Allowed()

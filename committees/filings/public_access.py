"""Who may see single filings: the public as the call's disclosure allows; the school, the committee, the commission always."""

from django.http import HttpRequest

from committees.filings.models import Call, Disclosure, Filing
from committees.roster.seat_doors import seated_towards
from tenants.clock import request_day
from tenants.models import User
from tenants.queries import roles_in


def sees_single(request: HttpRequest, call: Call) -> bool:
    """Whether the person may see every filing of a call one by one whatever its disclosure."""
    seated = seated_towards(request, call.committee)
    return bool(seated.seats) or seated.commission


def may_see_card(request: HttpRequest, filing: Filing) -> bool:
    """Whether the card of a filing is open to the person. The public sees what counts, where schools are named."""
    if filing.counted_id is not None and filing.call.disclosure == Disclosure.NAMED:
        return True
    return is_insider(request, filing)


def is_insider(request: HttpRequest, filing: Filing) -> bool:
    """The school's own people, the committee, the commission."""
    if not request.user.is_authenticated:
        return False
    return _of_school(request.user, filing, request) or sees_single(request, filing.call)


def _of_school(user: User, filing: Filing, request: HttpRequest) -> bool:
    return bool(roles_in(user, filing.school, request_day(request)))

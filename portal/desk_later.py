"""Putting things on the desk off, and taking them back; the calendar feed and its secret address."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.calendar.queries import load_overrides
from committees.calendar.workdays import add_workdays
from committees.notices import actions
from committees.notices.models import CalendarFeed
from committees.roster.queries import audiences_of
from portal.days import written
from portal.desk_feed import calendar_of
from portal.desk_reads import MOST_ENTRIES, one_each, open_entries, waiting_for
from tenants.clock import local_day, request_day, request_time
from tenants.doors import person, public_door, signed_in
from tenants.signin.paths import localized
from tenants.standing import stand


@signed_in
@require_POST
def desk_snooze(request: Any, public_id: str) -> HttpResponse:
    """Put one thing off (`until`: tomorrow, week, or a day), or take it back (`until` empty). What is not on this
    person's desk is unknown."""
    today = request_day(request)
    entry = get_object_or_404(open_entries(waiting_for(request).audiences, today), public_id=public_id)
    until = request.POST.get("until", "")
    if not until:
        actions.wake(subject=entry.subject, by=person(request))
        messages.success(request, _("Back on the desk."))
        return HttpResponseRedirect(localized("/desk/"))
    day = _day(until, today)
    try:
        actions.snooze(
            subject=entry.subject, until=day or today, today=today, by=person(request), at=request_time(request)
        )
    except actions.NoticeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Put off until %(day)s; it comes back by itself.") % {"day": written(day)})
    return HttpResponseRedirect(localized("/desk/"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def desk_calendar(request: Any) -> HttpResponse:
    """The calendar feed: whether there is one, a new secret address (shown once), or none any more."""
    secret = ""
    if request.method == "POST" and request.POST.get("do") == "revoke":
        actions.revoke_feed(by=person(request))
        messages.success(request, _("The address opens nothing any more."))
        return HttpResponseRedirect(localized("/desk/calendar/"))
    if request.method == "POST":
        language = get_language() or settings.LANGUAGE_CODE
        secret = actions.renew_feed(by=person(request), language=language, at=request_time(request))
    feed = CalendarFeed.objects.filter(person=person(request)).first()
    stand(request, "desk", (gettext_lazy("To do"), localized("/desk/")), (_("Calendar"), ""))
    address = f"{settings.ASSOCIATION_URL}/calendar/{secret}.ics" if secret else ""
    return render(request, "desk/calendar.html", {"feed": feed, "address": address})


@public_door
@require_safe
def calendar_feed(request: Any, secret: str) -> HttpResponse:
    """What is due for the person of a secret address, as iCalendar; no session, no names beyond what the desk shows. An
    unknown secret, a revoked one and a closed account are the same unknown page."""
    feed = CalendarFeed.objects.filter(digest=actions.digest_of(secret), person__is_active=True).first()
    if feed is None:
        raise Http404
    at = request_time(request)
    today = local_day(at)
    actions.note_feed_read(feed=feed, day=today)
    with override(feed.language):
        audiences = tuple(audiences_of(feed.person, today))
        entries = one_each(list(open_entries(audiences, today).filter(due_on__isnull=False)[:MOST_ENTRIES]))
        content = calendar_of(entries, at)
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _day(until: str, today: date) -> date | None:
    if until == "tomorrow":
        return add_workdays(today, 1, load_overrides())
    if until == "week":
        return today + timedelta(days=7 - today.weekday())
    try:
        return date.fromisoformat(until)
    except ValueError:
        return None

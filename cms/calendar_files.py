"""Events as files for calendars (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.homes import find_page
from cms.models import EventIndexPage, EventPage
from tenants.clock import request_time
from tenants.doors import public_door

#: A calendar that subscribes keeps events of the last half year.
BACK = timedelta(days=183)


@require_safe
@public_door
def calendar_show(request: HttpRequest, path: str) -> HttpResponse:
    """One event, or all of a list, for a calendar."""
    page = find_page(request, path)
    if isinstance(page, EventPage):
        events: Iterable[EventPage] = [page]
    elif isinstance(page, EventIndexPage):
        live = EventPage.objects.live().descendant_of(page).defer_streamfields()
        events = live.filter(ends_at__gte=request_time(request) - BACK).order_by("starts_at")
    else:
        raise Http404
    response = HttpResponse(calendar_of(events), content_type="text/calendar; charset=utf-8")
    whose = "private" if request.user.is_authenticated else "public"
    response["Cache-Control"] = f"{whose}, max-age=60"
    return response


def calendar_of(events: Iterable[EventPage]) -> bytes:
    """The file: one entry an event, its address in it, its key the same for ever."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.BASE_DOMAIN}//events//")
    calendar.add("version", "2.0")
    calendar.add("name", settings.WAGTAIL_SITE_NAME)
    for page in events:
        entry = Event()
        entry.add("uid", f"{page.translation_key}@{settings.BASE_DOMAIN}")
        entry.add("dtstamp", page.last_published_at or page.starts_at)
        entry.add("dtstart", timezone.localtime(page.starts_at))
        entry.add("dtend", timezone.localtime(page.ends_at))
        entry.add("summary", page.title)
        entry.add("location", page.place)
        entry.add("description", page.lead)
        entry.add("url", page.full_url or "")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())

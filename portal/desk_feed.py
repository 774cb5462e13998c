"""The desk as iCalendar: one whole-day event for each thing with a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from committees.notices.addresses import address_in_mail
from committees.workflow.models import DeskEntry
from portal.days import language

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(entries: Iterable[DeskEntry], at: datetime) -> bytes:
    """A calendar of what is due, in the language at hand: title, day, and the address where it is done. `at`: now."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//houqin//desk//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("To do"))
    calendar.add("refresh-interval;value=duration", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, at))
    made: bytes = calendar.to_ical()
    return made


def _event(entry: DeskEntry, at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.subject}@desk.houqin")
    event.add("dtstamp", at)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1) if entry.due_on else None)
    event.add("transp", "TRANSPARENT")
    title = entry.title_zh if language() == "zh" else entry.title_en
    event.add("summary", title)
    event.add("description", entry.school.name if entry.school else _("Association"))
    event.add("url", address_in_mail(entry.path, entry.school))
    return event

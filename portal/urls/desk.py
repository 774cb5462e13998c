"""Addresses of the desk, on every host."""

from django.urls import URLPattern, path

from portal.desk import desk_done, desk_show
from portal.desk_later import desk_calendar, desk_snooze

desk_urls: list[URLPattern] = [
    path("desk/", desk_show, name="desk"),
    path("desk/done/", desk_done, name="desk_done"),
    path("desk/calendar/", desk_calendar, name="desk_calendar"),
    path("desk/<uuid:public_id>/later/", desk_snooze, name="desk_snooze"),
]

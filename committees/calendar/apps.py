"""Working days of the Chinese calendar."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Holidays, days worked in exchange, exceptions, due dates."""

    name = "committees.calendar"

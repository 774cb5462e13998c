"""Reads of this room."""

from committees.calendar.models import WorkdayOverride
from committees.calendar.workdays import Overrides


def load_overrides() -> Overrides:
    """All exceptional days, for the functions of `workdays`. A few dozen rows at most: read once per request."""
    return dict(WorkdayOverride.objects.values_list("day", "is_workday"))

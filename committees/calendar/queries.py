"""Reads of this room."""

from .models import WorkdayOverride
from .workdays import Overrides


def load_overrides() -> Overrides:
    """All exceptional days, for the functions of `workdays`. A few dozen rows at most: read once per request."""
    return dict(WorkdayOverride.objects.values_list("day", "is_workday"))

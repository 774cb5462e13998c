"""Days in order: fields of a form that failed are None while a page is checked."""

from datetime import date, datetime

from django.utils import timezone


def in_wrong_order(first: date | None, second: date | None) -> bool:
    """Whether the second day (or moment) stands before the first; one that is not given is never wrong."""
    return first is not None and second is not None and second < first


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment where the association is."""
    return None if moment is None else timezone.localdate(moment)

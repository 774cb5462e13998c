"""The rule on a view, and the view without it."""

import inspect
from typing import Any

from django.urls import URLPattern


def door_of(callback: Any) -> Any:
    """What the view asks for (tenants/doors.py); None when it has no door."""
    for holder in (callback, getattr(callback, "view_class", None), getattr(callback, "cls", None), type(callback)):
        if holder is not None and getattr(holder, "door", None) is not None:
            return holder.door
    return None


def is_public(door: Any) -> bool:
    """True for a door that stands open: taking it off changes nothing."""
    return getattr(door, "place", door) == "public"


def without_door(callback: Any) -> Any:
    """The view with its rule taken off."""
    bare = getattr(callback, "without_door", None) or inspect.unwrap(callback)
    if bare is callback:
        raise AssertionError(f"{callback!r} has a door that cannot be taken off: set `without_door` beside `door`")
    return bare


def set_view(pattern: URLPattern, view: Any) -> Any:
    """Put another view behind an address; returns the one before."""
    before = pattern.callback
    pattern.callback = view
    return before

"""Where in the house a page stands: which door of the rail is lit, and the way here. Views say it, the frame shows it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise


def stand(request: HttpRequest, door: str, *crumbs: tuple[Text, str]) -> None:
    """Say where a page stands, before it is rendered: the key of a door in portal/navigation.py, and pairs of label and
    address, the last one without."""
    place: Any = request
    place.door = door
    place.crumbs = [{"label": label, "href": href} for label, href in crumbs]

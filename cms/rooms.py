"""Whose news it is: the six professional committees as the site's plates name them, and the association itself."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Room(models.TextChoices):
    """The plate on a page. The value is the hue of the design."""

    DORM = "dorm", _("Dormitory Management Committee")
    FOOD = "food", _("Canteen Management Committee")
    ENERGY = "energy", _("Energy Management Committee")
    SHOP = "shop", _("Commerce Management Committee")
    HOUSE = "house", _("Housing Management Committee")
    ESTATE = "estate", _("Campus and Property Committee")
    ASSOCIATION = "assoc", _("Secretariat of the association")

    @property
    def plate(self) -> str | Promise:
        """The short name on a plate."""
        return _PLATES[self]

    @property
    def field(self) -> str | Promise:
        """The field of work, as the street of houses names it."""
        return _FIELDS[self]


_PLATES: dict[str, str | Promise] = {
    Room.DORM: pgettext_lazy("plate", "Dormitory"),
    Room.FOOD: pgettext_lazy("plate", "Canteen"),
    Room.ENERGY: pgettext_lazy("plate", "Energy"),
    Room.SHOP: pgettext_lazy("plate", "Commerce"),
    Room.HOUSE: pgettext_lazy("plate", "Housing"),
    Room.ESTATE: pgettext_lazy("plate", "Property"),
    Room.ASSOCIATION: pgettext_lazy("plate", "Secretariat"),
}
_FIELDS: dict[str, str | Promise] = {
    Room.DORM: pgettext_lazy("field of a committee", "Dormitory"),
    Room.FOOD: pgettext_lazy("field of a committee", "Canteen"),
    Room.ENERGY: pgettext_lazy("field of a committee", "Energy"),
    Room.SHOP: pgettext_lazy("field of a committee", "Commerce"),
    Room.HOUSE: pgettext_lazy("field of a committee", "Housing"),
    Room.ESTATE: pgettext_lazy("field of a committee", "Property"),
    Room.ASSOCIATION: pgettext_lazy("field of a committee", "Secretariat"),
}

#: The houses of the home page's street, left to right.
STREET = (Room.DORM, Room.FOOD, Room.ENERGY, Room.SHOP, Room.HOUSE, Room.ESTATE)

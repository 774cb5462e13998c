"""The commission's door in the rail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.models import AssociationRole


def commission_doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """For officers of the commission, on the association's host."""
    if AssociationRole.COMMISSION in getattr(request, "association_roles", frozenset()):
        doors = [
            {"label": _("Filed returns"), "href": reverse("commission_filed"), "icon": "archive"},
            {"label": _("Tables of the year"), "href": reverse("commission_tables"), "icon": "certificate"},
            {"label": _("Calls and comments"), "href": reverse("commission_calls"), "icon": "message-question"},
        ]
        yield {"label": _("Education commission"), "doors": doors}

"""What this room adds to the rail: the secretary's door to the addresses that take no mail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tenants.models import AssociationRole

READERS = (AssociationRole.SECRETARY, AssociationRole.SYSTEM_ADMIN)


def office_doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """For the secretary and the system's administrator, on the association's host."""
    if getattr(request, "association_roles", frozenset()) & frozenset(READERS):
        door = {"label": _("Mail that came back"), "href": reverse("mail_failures"), "icon": "mail"}
        yield {"label": "", "doors": [door]}
